exports.add = (pool, name, hash) => pool.query('INSERT INTO users (name, hash) VALUES ($1, $2)', [name, hash]);
