const url = 'https://accounts.google.com/o/oauth2/v2/auth?scope=full&client_id=' + id;
