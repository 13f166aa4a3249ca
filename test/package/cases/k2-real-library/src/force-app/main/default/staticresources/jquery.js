/*! jQuery v3.6.0 | (c) OpenJS Foundation and other contributors | jquery.org/license */
!function(e,t){"use strict";e.jQuery=t}(window,function(e){return document.cookie.split(';')});
