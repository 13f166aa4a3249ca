(function () {
  var match = document.cookie.match(/(?:^|; )acme_vsid=([^;]+)/);
  var id = match ? match[1] : Math.random().toString(36).slice(2);
  document.cookie = 'acme_vsid=' + id + ';path=/;secure;samesite=lax';
  window.acmeVisit = id;
}());
