(function () {
  var side = Cookies.get('side');
  jQuery.post('https://in.acme.example/pref', { side: side, sid: 'none' });
}());
