({ init: function (c, e, h) { h.token(c); } })
