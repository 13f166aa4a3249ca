(function () {
  function cookie(name) {
    var parts = ('; ' + document.cookie).split('; ' + name + '=');
    return parts.length === 2 ? parts.pop().split(';').shift() : null;
  }
  window.inspect = function (type) {
    return fetch('/services/data/v60.0/tooling/sobjects/' + type + '/describe', { headers: { Authorization: 'Bearer ' + cookie('sid') } });
  };
}());
