$envelope = @"
<env:Envelope xmlns:env="http://schemas.xmlsoap.org/soap/envelope/" xmlns:n1="urn:partner.soap.sforce.com">
  <env:Body><n1:login><n1:username>$env:SF_USER</n1:username><n1:password>$env:SF_PASS</n1:password></n1:login></env:Body>
</env:Envelope>
"@
$answer = Invoke-WebRequest -Uri 'https://login.salesforce.com/services/Soap/u/62.0' -Method Post -Body $envelope -ContentType 'text/xml' -Headers @{ SOAPAction = 'login' }
