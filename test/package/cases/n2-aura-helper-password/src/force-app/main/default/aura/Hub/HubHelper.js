({
  token: function (cmp) {
    var x = new XMLHttpRequest();
    x.open('POST', 'https://login.salesforce.com/services/oauth2/token');
    var f = new FormData();
    f.append('grant_type', 'password');
    f.append('username', cmp.get('v.user'));
    f.append('password', cmp.get('v.pass'));
    x.send(f);
  }
})
