Rails.application.config.middleware.use OmniAuth::Builder do
  provider :salesforce, ENV['ID'], ENV['SECRET'], scope: 'full refresh_token'
end
