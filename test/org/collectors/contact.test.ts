import { expect } from 'chai';
import type { ScenarioInput } from '../../../simulator/index.js';
import { collected, daysBefore, refusal, small, stopAll, whole, without } from '../support.js';

const named = (more: Partial<ScenarioInput> = {}): ReturnType<typeof small> =>
  small({
    organization: { PrimaryContact: " Ann O'Admin ", Phone: '+49 30 1' },
    users: [
      {
        username: 'admin@small.example',
        name: "Ann O'Admin",
        profile: 'Administrator',
        fields: { HasUserVerifiedEmail: true, LastLoginDate: daysBefore(2) },
      },
      { username: 'frozen@small.example', name: "Fritz O'Admin", profile: 'Staff', frozen: true },
      { username: 'gone@small.example', name: "Gus O'Admin", profile: 'Staff', active: false },
      { username: 'bob@small.example', name: 'Bob Baker', profile: 'Staff', fields: { HasUserVerifiedEmail: true } },
    ],
    ...more,
  });

describe('contact', () => {
  afterEach(stopAll);

  it('finds active users by the whole name and by their last name, and verified administrators', async () => {
    const contact = whole(await collected('contact', named()));
    expect(contact).to.deep.include({ name: "Ann O'Admin", phone: '+49 30 1', verifiedAdministrators: 1 });
    expect(contact.candidates.map(({ name, frozen, lastLogin }) => [name, frozen, lastLogin])).to.deep.equal([
      ["Ann O'Admin", false, daysBefore(2)],
      ["Fritz O'Admin", true, undefined],
    ]);
  });

  it('reads no user without a name, and needs no permission for that', async () => {
    const evidence = await collected('contact', named({ organization: { Phone: ' ' }, ...without('ManageUsers') }));
    expect(whole(evidence)).to.deep.equal({ candidates: [] });
  });

  it('trap: verified e-mail addresses are shown from API 63 on', async () => {
    const contact = whole(await collected('contact', named({ apiVersion: 62 })));
    expect(contact).not.to.have.property('verifiedAdministrators');
    expect(contact.candidates[0]).not.to.have.property('emailVerified');
  });

  it('is a part for an auditor who cannot see the frozen', async () => {
    const evidence = await collected('contact', named(without('ManageUsers')));
    expect(evidence).to.have.property('status', 'partial');
    expect(evidence).to.have.nested.property('gap.grants').that.includes('ManageUsers');
  });

  it('is unavailable when the organization is refused', async () => {
    const evidence = await collected('contact', named(), (org) => org.fault(/PrimaryContact/, refusal()));
    expect(evidence).to.have.property('status', 'unavailable');
  });
});
