window.AcmeChat = (function () {
  var API = { Session_ID: String(Date.now()), host: 'https://chat.acme.example' };
  return {
    start: function () { return fetch(API.host + '/start?session=' + API.Session_ID); },
    end: function () { navigator.sendBeacon(API.host + '/end', API.Session_ID); }
  };
}());
