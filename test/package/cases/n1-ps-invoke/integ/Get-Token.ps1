param([pscredential]$Credential, [string]$LoginUrl = 'https://login.salesforce.com')
$body = @{
    grant_type    = 'password'
    client_id     = $env:SF_ID
    client_secret = $env:SF_SECRET
    username      = $Credential.UserName
    password      = $Credential.GetNetworkCredential().Password
}
(Invoke-RestMethod -Method Post -Uri "$LoginUrl/services/oauth2/token" -Body $body).access_token
