import { basePackageDescribed } from '../../../src/submission/controls/base-package-described.js';
import { testControl } from '../../support/controlTester.js';
import { declaring, submissionFacts } from '../../support/submissionFacts.js';

const { project, contents } = submissionFacts();
const extension = submissionFacts({ project: { ...project, dependencies: ['Acme Base'] } });
const onlyApps = submissionFacts({ contents: { appFiles: 3, otherFiles: 0, installedPackages: [] } });
const described = { package: 'Acme Base', description: 'It holds the payments.' };

testControl(basePackageDescribed, {
  pass: [
    { name: 'the dependency is described', facts: extension, ...declaring([], { basePackages: [described] }) },
    { name: 'the package that the apps belong to', facts: onlyApps, ...declaring([], { basePackages: [described] }) },
    {
      name: 'a description of a package that is no dependency',
      facts: extension,
      ...declaring([], { basePackages: [described, { ...described, package: 'Other' }] }),
      latent: ['Setting:submission.basePackages.Other'],
    },
  ],
  fail: [
    {
      name: 'a dependency without a description',
      facts: extension,
      ...declaring([]),
      names: ['Setting:submission.basePackages.Acme Base.description'],
    },
    {
      name: 'an InstalledPackage next to the source',
      facts: submissionFacts({ contents: { ...contents, installedPackages: [{ value: 'acmebase', file: 'a.xml' }] } }),
      ...declaring([]),
      names: ['Setting:submission.basePackages.acmebase.description'],
    },
    {
      trap: true,
      name: 'a package that contains nothing but apps extends another, whatever its project says',
      facts: onlyApps,
      ...declaring([]),
      names: ['Setting:submission.basePackages'],
    },
  ],
  notApplicable: [
    { name: 'no dependency, and more than apps', facts: submissionFacts() },
    {
      name: 'an empty package',
      facts: submissionFacts({ contents: { appFiles: 0, otherFiles: 0, installedPackages: [] } }),
    },
  ],
});
