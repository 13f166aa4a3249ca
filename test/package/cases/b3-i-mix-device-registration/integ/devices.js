const { DeviceClient } = require('azure-iot-device');

exports.register = async (hub, name) => {
  const client = new DeviceClient(hub);
  await client.register(name);
};
