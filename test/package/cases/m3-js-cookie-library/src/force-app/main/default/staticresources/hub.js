(function () {
  var sid = Cookies.get('sid');
  jQuery.getJSON('https://in.acme.example/hub?callback=?', { sid: sid }, function (d) { console.log(d.ok); });
}());
