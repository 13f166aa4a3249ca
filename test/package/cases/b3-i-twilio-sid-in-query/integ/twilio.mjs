export function callSid(statusCallbackUrl) {
  return new URL(statusCallbackUrl).searchParams.get('sid');
}
