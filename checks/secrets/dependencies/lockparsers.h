// The readers of lock files, one for each form: from bytes to packages, without looking at anything else. Each gives
// BadInput with a sentence for what is not of its form; an entry that is not right is skipped and counted.
// Dependency::file is left empty: the caller knows it.
#pragma once

#include "checks/secrets/dependencies/locktext.h"

namespace cockpit {

using LockParser = Result<LockReading> (*)(const LockText &text);

// npm: package-lock.json and npm-shrinkwrap.json of the versions 1 to 3.
[[nodiscard]] Result<LockReading> readPackageLock(const LockText &text);
// yarn.lock of Yarn 1 ("classic") and of the later ones ("berry").
[[nodiscard]] Result<LockReading> readYarnLock(const LockText &text);
// bun.lock, the one of text.
[[nodiscard]] Result<LockReading> readBunLock(const LockText &text);
// pnpm-lock.yaml with lockfileVersion 5, 6 and 9.
[[nodiscard]] Result<LockReading> readPnpmLock(const LockText &text);
// requirements.txt: what is pinned by == or ===.
[[nodiscard]] Result<LockReading> readRequirements(const LockText &text);
[[nodiscard]] Result<LockReading> readPipfileLock(const LockText &text);
[[nodiscard]] Result<LockReading> readPoetryLock(const LockText &text);
[[nodiscard]] Result<LockReading> readPdmLock(const LockText &text);
[[nodiscard]] Result<LockReading> readUvLock(const LockText &text);
[[nodiscard]] Result<LockReading> readCargoLock(const LockText &text);
[[nodiscard]] Result<LockReading> readComposerLock(const LockText &text);
[[nodiscard]] Result<LockReading> readGemfileLock(const LockText &text);
// go.mod with the go.sum beside it: since Go 1.17 the first names all that is built in; before that the second does.
[[nodiscard]] Result<LockReading> readGoModules(const LockText &text);
// A go.sum whose go.mod is not there.
[[nodiscard]] Result<LockReading> readGoSum(const LockText &text);
// pom.xml: what it asks for itself, with a version in the file or in its own properties.
[[nodiscard]] Result<LockReading> readPom(const LockText &text);
[[nodiscard]] Result<LockReading> readGradleLock(const LockText &text);
[[nodiscard]] Result<LockReading> readNuGetLock(const LockText &text);
[[nodiscard]] Result<LockReading> readPubspecLock(const LockText &text);

} // namespace cockpit
