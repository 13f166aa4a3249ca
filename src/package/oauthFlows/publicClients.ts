import { posix } from 'node:path';
import type { PackageTree } from '../source/folderTree.js';

/**
 * Where code runs: `public`: where its user can read it. `page`: code of a web page, in a folder that may also contain
 * functions of a server. `mixed`: pages and their server are one project. `maybe`: the source does not show it.
 */
export type Client = 'public' | 'page' | 'mixed' | 'maybe' | 'server';
/** Where one file runs. */
export type ClientOfFile = Exclude<Client, 'page' | 'mixed'>;

/** `npm`: a project of scripts, which says nothing about code in another language. */
type Project = { folder: string; client: Client; npm: boolean };

const named =
  /(^|\/)(package\.json|manifest\.json|pubspec\.yaml|AndroidManifest\.xml|Info\.plist|Podfile|bootconfig\.\w+|tauri\.conf\.json|config\.xml|capacitor\.config\.(?:json|ts)|setup\.py|pyproject\.toml|requirements\.txt|go\.mod|Cargo\.toml|pom\.xml|build\.gradle(?:\.kts)?)$|\.(?:csproj|vbproj)$/i;
const skipped = /(^|\/)(node_modules|vendor|bower_components|Pods)\//;
/** Manifests and pages that are read at most; with more, the source does not show where a file runs. */
const MOST_MANIFESTS = 500;

const ofScripts = /\.(?:[cm]?[jt]sx?|vue|svelte|astro|html?|json|env)$|(^|\/)\.env/i;
/** Pages and their server are one project. */
const framework = /"(?:next|nuxt|@remix-run\/\w+|@sveltejs\/kit|astro)"\s*:/;
const device =
  /"(?:electron|electron-builder|nw|@tauri-apps\/api|react-native|expo|cordova[\w-]*|@capacitor\/core|@ionic\/\w+|@nativescript\/core|@neutralinojs\/lib|plasmo|wxt)"\s*:/;
const browser = /"(?:react-dom|vue|@angular\/core|svelte|preact|solid-js|vite|react-scripts)"\s*:/;
const server =
  /"(?:express|koa|fastify|@nestjs\/core|@hapi\/hapi|next|nuxt|@remix-run\/\w+|@sveltejs\/kit|restify|@google-cloud\/functions-framework|aws-lambda|@types\/aws-lambda|serverless|@azure\/functions|graphql-yoga|apollo-server|hono|astro)"\s*:/;
const command = /"bin"\s*:|"(?:@oclif\/core|commander|yargs)"\s*:/;

/** Where the code of a folder runs, by the manifests in it; the nearest one that shows it decides. */
export async function clientsIn(tree: PackageTree): Promise<(path: string) => Client> {
  const manifests = tree.paths.filter((path) => named.test(path) && !skipped.test(path));
  const pages = tree.paths.filter((path) => /\.html?$/i.test(path) && !skipped.test(path));
  const otherwise = Math.max(manifests.length, pages.length) > MOST_MANIFESTS ? 'maybe' : 'server';
  const projects: Project[] = [];
  for (const path of manifests.slice(0, MOST_MANIFESTS)) {
    // eslint-disable-next-line no-await-in-loop -- one manifest after the other keeps memory small
    const client = clientOf(path, await tree.read(path).catch(() => ''));
    if (client !== undefined) projects.push({ folder: folderOf(path), client, npm: /package\.json$/i.test(path) });
  }
  const android = projects.filter(({ client, folder }) => client === 'public' && /(^|\/)src\/main$/.test(folder));
  // The manifest of an Android app lies three folders below its project.
  projects.push(...android.map((one) => ({ ...one, folder: one.folder.replace(/\/?src\/main$/, '') })));
  const near = projects.sort((one, other) => other.folder.length - one.folder.length);
  const loaded = await scriptsOfPages(tree, pages.slice(0, MOST_MANIFESTS));
  return (path) =>
    (loaded.has(path) ? 'page' : undefined) ??
    near.find(({ folder, npm }) => (folder === '' || path.startsWith(`${folder}/`)) && (!npm || ofScripts.test(path)))
      ?.client ??
    otherwise;
}

/** The scripts that a page of the folder loads by a relative address: the user of the page can read them. */
async function scriptsOfPages(tree: PackageTree, pages: readonly string[]): Promise<ReadonlySet<string>> {
  const loaded = new Set<string>();
  for (const page of pages) {
    // eslint-disable-next-line no-await-in-loop -- one page after the other keeps memory small
    const text = await tree.read(page).catch(() => '');
    for (const [, address = ''] of text.matchAll(/<script\b[^<>]{0,400}?\bsrc\s*=\s*["']([^"'<>]{1,400})["']/gi)) {
      if (/^(?:[a-z][\w+.-]*:|\/\/)/i.test(address)) continue;
      loaded.add(
        posix.join(address.startsWith('/') ? '' : folderOf(page), address.replace(/[?#][^]*$/, '').replace(/^\//, ''))
      );
    }
  }
  return loaded;
}

/** Where a file runs, by what it shows itself and by the folder that it lies in. */
export function clientOfFile(path: string, text: string, ofFolder: Client): ClientOfFile {
  if (/\.swift$/i.test(path) || ofDevice.test(text)) return 'public';
  if (/^\s*["']use client["']/.test(text)) return 'public';
  if (ofFolder === 'mixed') return serverRoutes.test(path) || ofServer.test(text) ? 'server' : 'maybe';
  if (ofFolder === 'page') return ofServer.test(text) ? 'server' : serverFolders.test(path) ? 'maybe' : 'public';
  if (ofFolder !== 'server') return ofFolder;
  return /\.(?:vue|svelte|jsx|tsx|html?)$/i.test(path) ? 'maybe' : 'server';
}

const serverFolders = /(^|\/)(server|backend|functions|api|lambdas?|workers?|scripts|services?|netlify|supabase)\//i;
/** Files that a framework runs on its server alone. */
const serverRoutes =
  /(^|\/)(?:pages|app)\/api\/|^(?=[^]*\/route\.[cm]?[jt]sx?$)(?:[^]*\/)?(?:app|routes)\/|(^|\/)\+(?:page\.|layout\.)?server\.[cm]?[jt]s$|\.server\.[cm]?[jt]sx?$|(^|\/)(?:server|backend)\//i;
const ofServer =
  /\bDeno\.(?:serve|env)\b|\bserve\s*\(\s*async|\bexports\.handler\b|\bexport\s+(?:const|async\s+function)\s+handler\b|["'](?:express|fastify|koa|node:http|http|firebase-functions|@google-cloud\/functions-framework|aws-lambda|@azure\/functions)["']|["']use server["']|\bres\.(?:status|json|send)\s*\(/;

const ofDevice =
  /(?:\bfrom|\brequire\s*\()\s*["'](?:electron|react-native[\w-]*|expo[\w-]*|@capacitor\/[\w-]+|@tauri-apps\/[\w/-]+)["']|\b(?:chrome|browser)\.(?:runtime|identity|tabs|storage)\.|\busing\s+(?:System\.Windows(?:\.Forms)?|Microsoft\.Maui|Xamarin\.\w|Avalonia|Windows\.UI\.Xaml)[\w.]*;|^[ \t]*import\s+(?:androidx?\.|com\.salesforce\.androidsdk|javafx\.|javax\.swing|org\.eclipse\.swt|UIKit|SwiftUI)|\bpackage:flutter\/|#import\s+<UIKit\/|\bOffice\.(?:onReady|context|initialize)\b|\bfrom\s+(?:tkinter|PyQt\d|PySide\d|kivy)\b|\bimport\s+(?:tkinter|PyQt\d|PySide\d|kivy)\b/m;

function clientOf(path: string, text: string): Client | undefined {
  const manifest = MANIFESTS.find(({ file }) => file.test(path));
  return manifest ? manifest.client(text) : 'public';
}

const desktopOfPython = /\b(?:PyQt\d|PySide\d|kivy|pyinstaller|briefcase|toga|wxPython|customtkinter)\b/i;
const desktopOfGo = /fyne\.io|wailsapp\/wails|gioui\.org|lxn\/walk|webview\/webview/;
const desktopOfRust = /^[ \t]*(?:tauri|iced|eframe|egui|druid|gtk4?|slint|dioxus)\b/m;

/** What each kind of manifest says about where its program runs; a file of another kind is one of a device project. */
const MANIFESTS: ReadonlyArray<{ file: RegExp; client: (text: string) => Client | undefined }> = [
  { file: /package\.json$/i, client: clientOfNpm },
  { file: /manifest\.json$/i, client: (text) => (/"manifest_version"\s*:\s*\d/.test(text) ? 'public' : undefined) },
  {
    file: /config\.xml$/i,
    client: (text) => (/www\.w3\.org\/ns\/widgets|cordova\.apache\.org/.test(text) ? 'public' : undefined),
  },
  { file: /pubspec\.yaml$/i, client: (text) => (/^[ \t]+sdk:\s*flutter/m.test(text) ? 'public' : undefined) },
  { file: /proj$/i, client: clientOfDotnet },
  {
    file: /setup\.py$|pyproject\.toml$/i,
    client: (text) =>
      desktopOfPython.test(text)
        ? 'public'
        : /console_scripts|\[(?:project|tool\.poetry)\.scripts\]/.test(text)
          ? 'maybe'
          : undefined,
  },
  {
    file: /go\.mod$/i,
    client: (text) => (desktopOfGo.test(text) ? 'public' : /spf13\/cobra|urfave\/cli/.test(text) ? 'maybe' : undefined),
  },
  {
    file: /Cargo\.toml$/i,
    client: (text) =>
      desktopOfRust.test(text)
        ? 'public'
        : /^[ \t]*(?:clap|structopt|argh|dialoguer)\b/m.test(text)
          ? 'maybe'
          : undefined,
  },
  {
    file: /pom\.xml$|build\.gradle(?:\.kts)?$/i,
    client: (text) =>
      /javafx|org\.openjfx|compose\.desktop|com\.android\.application/i.test(text) ? 'public' : undefined,
  },
  { file: /requirements\.txt$/i, client: (text) => (desktopOfPython.test(text) ? 'public' : undefined) },
  {
    file: /Info\.plist$/i,
    client: (text) =>
      /CFBundleExecutable|UIRequiredDeviceCapabilities|LSRequiresIPhoneOS/.test(text) ? 'public' : undefined,
  },
];

function clientOfNpm(text: string): Client | undefined {
  // An extension of an editor runs where its user can read it.
  if (/"engines"\s*:\s*\{[^{}]{0,200}"vscode"\s*:/.test(text)) return 'public';
  if (device.test(text)) return server.test(text) ? 'maybe' : 'public';
  if (framework.test(text)) return 'mixed';
  if (browser.test(text)) return server.test(text) ? 'mixed' : 'page';
  if (server.test(text)) return 'server';
  return command.test(text) ? 'maybe' : undefined;
}

function clientOfDotnet(text: string): Client | undefined {
  if (/<OutputType>\s*WinExe|<UseW(?:PF|indowsForms)>\s*true|<UseMaui>\s*true|Xamarin|Avalonia/i.test(text))
    return 'public';
  const isProgram = /<OutputType>\s*Exe/i.test(text) && !/Sdk\.Web|AspNetCore|Azure\.Functions/i.test(text);
  return isProgram ? 'maybe' : undefined;
}

const folderOf = (path: string): string => path.slice(0, Math.max(0, path.lastIndexOf('/')));
