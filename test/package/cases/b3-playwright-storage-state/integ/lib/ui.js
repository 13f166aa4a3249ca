const { chromium } = require('playwright');

async function loginToSetup(instanceUrl, accessToken) {
  const browser = await chromium.launch();
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(`${instanceUrl}/secur/frontdoor.jsp?sid=${accessToken}`);
  const { cookies } = await context.storageState();
  return cookies.filter(({ name }) => name === 'sid').map(({ value }) => value)[0];
}

module.exports = { loginToSetup };
