import '../simulator/main.js';
