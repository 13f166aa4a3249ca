$answer = Invoke-RestMethod -Method Post -Uri 'https://acme.my.salesforce.com/services/oauth2/token' -Body @{ grant_type = 'client_credentials'; client_id = $env:ID; client_secret = $env:SECRET }
$answer.access_token | Out-File token.txt
