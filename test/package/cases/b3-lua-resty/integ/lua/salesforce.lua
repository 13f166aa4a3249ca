local http = require "resty.http"
local cjson = require "cjson.safe"

local _M = {}

function _M.token(conf)
  local client = http.new()
  local res = client:request_uri("https://login.salesforce.com/services/oauth2/token", {
    method = "POST",
    body = ngx.encode_args({
      grant_type = "password",
      client_id = conf.client_id,
      client_secret = conf.client_secret,
      username = conf.username,
      password = conf.password,
    }),
    headers = { ["Content-Type"] = "application/x-www-form-urlencoded" },
  })
  return res and cjson.decode(res.body).access_token
end

return _M
