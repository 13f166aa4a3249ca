const faye = require('faye');
exports.listen = function (host, token, handler) {
  const bayeux = new faye.Client(`${host}/cometd/62.0`);
  bayeux.setHeader('Authorization', `OAuth ${token()}`);
  return bayeux.subscribe('/event/Acme__e', handler);
};
