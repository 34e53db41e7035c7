// What the names of files and folders say about them, before anybody opens one. One answer for the screen that guesses
// what a chosen path is and for the checks that read it. Upper and lower case are one.
#pragma once

#include "models/localsource.h"

#include <QStringView>

#include <optional>

namespace cockpit {

// By the words of the path ("config/production.env", ".env.staging"), never by a part of a word: a "product" is no
// "prod". The name decides before its folders. Empty: it says nothing.
std::optional<Environment> environmentOfPath(QStringView path);

// By what a hosting provider or GitLab calls an environment: "production/eu", "staging-2", "review/*", "preview". The
// first part that says something decides: what stands behind it is one of that kind. A place for looking at changes
// before they are released counts as staging. Empty: it says nothing.
std::optional<Environment> environmentOfScope(QStringView scope);

// Names of files. A template shows which settings there are (.env.example).
bool isEnvFileName(QStringView name); // .env and all that is read like one, templates too
bool isTemplateName(QStringView name);
bool isComposeFileName(QStringView name);

// Names of folders.
bool isPutOnlineFolder(QStringView name); // dist, .next, public: what is in it is sent to browsers
// "/" between folders; the last part is the file's name.
bool isInBuiltFolder(QStringView path);     // below one that a build writes
bool isInPutOnlineFolder(QStringView path); // below one whose files are sent to browsers
bool isForServers(QStringView path);        // below one whose files run on servers alone: server, functions, standalone

} // namespace cockpit
