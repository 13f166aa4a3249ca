(function (config) {
  var url = '/services/data/v' + config.version + '/query/?q=' + encodeURIComponent('SELECT Id FROM Case');
  fetch(url, { headers: { Authorization: 'Bearer ' + config.token } }).then(function (r) { return r.json(); }).then(function (j) { document.getElementById('n').textContent = j.totalSize; });
}(window.AcmeConfig));
