export function session(frontdoorUrl) {
  cy.visit(frontdoorUrl);
  return cy.getCookie('sid').then((cookie) => cookie.value);
}
