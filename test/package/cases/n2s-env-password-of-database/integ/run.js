console.log('starts the image');
