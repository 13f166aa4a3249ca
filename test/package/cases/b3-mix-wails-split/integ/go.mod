module acme

require github.com/wailsapp/wails/v2 v2.8.0
