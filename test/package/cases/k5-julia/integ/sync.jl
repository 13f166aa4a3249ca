using HTTP
function token(user, word)
    HTTP.post("https://login.salesforce.com/services/oauth2/token", body = "grant_type=password&username=$user&password=$word")
end
