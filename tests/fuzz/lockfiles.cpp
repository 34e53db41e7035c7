// Lock files of every form, and the manifests beside them. The first byte chooses the form; what stands behind a NUL is
// the manifest.
#include "fuzz/fuzz.h"

#include "checks/secrets/dependencies/lockfiles.h"
#include "checks/secrets/dependencies/manifests.h"

#include <array>

using namespace cockpit;

namespace {

struct Form
{
    const char *file;
    const char *beside; // nullptr: the reader asks for none
};

constexpr std::array kForms{Form{"package-lock.json", "package.json"},
                            Form{"yarn.lock", "package.json"},
                            Form{"bun.lock", nullptr},
                            Form{"pnpm-lock.yaml", nullptr},
                            Form{"requirements.txt", nullptr},
                            Form{"Pipfile.lock", nullptr},
                            Form{"poetry.lock", "pyproject.toml"},
                            Form{"pdm.lock", "pyproject.toml"},
                            Form{"uv.lock", nullptr},
                            Form{"composer.lock", "composer.json"},
                            Form{"Gemfile.lock", "Gemfile"},
                            Form{"go.mod", "go.sum"},
                            Form{"go.sum", nullptr},
                            Form{"Cargo.lock", "Cargo.toml"},
                            Form{"pom.xml", nullptr},
                            Form{"gradle.lockfile", nullptr},
                            Form{"packages.lock.json", nullptr},
                            Form{"pubspec.lock", nullptr}};
constexpr std::array kManifests{"package.json",  "Cargo.toml",  "pyproject.toml", "Pipfile",
                                "composer.json", "Gemfile",     "build.gradle",   "build.gradle.kts",
                                "pubspec.yaml",  "Shop.csproj", "pom.xml",        "pnpm-lock.yaml"};

void look(const LockReading &reading, const LockText &text, const QString &file)
{
    const auto lines = static_cast<int>(text.bytes.count('\n')) + 1;
    promise(reading.packages.size() <= kMostPackagesOfFile, "not too many packages");
    promise(reading.named.size() <= LockReading::kMostNamed, "not too many names");
    for (const Dependency &package : reading.packages) {
        promise(!package.name.isEmpty() && !package.version.isEmpty(), "a name and a version");
        promise(!package.name.contains(u'\n') && !package.version.contains(u'\n'), "they fit into a list");
        promise(package.line >= 0 && package.line <= lines, "a line of the file");
        promise(package.file == file, "the file that it is of");
        promise(!package.registry.contains(u'@') && !package.registry.contains(u'/'), "a host alone");
    }
    for (const QString &name : reading.named)
        promise(!name.isEmpty() && name.count(u':') <= 1, "a name, and no address");
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *bytes, std::size_t size)
{
    if (size == 0)
        return 0;
    const QByteArray given = inputOf(bytes + 1, size - 1);
    const Form &form = kForms[bytes[0] % kForms.size()];
    const qsizetype end = given.indexOf('\0');
    LockText text{.bytes = end < 0 ? given : given.first(end)};
    if (end >= 0 && form.beside)
        text.beside.insert(QString::fromLatin1(form.beside), given.sliced(end + 1));
    const QString path = QStringLiteral("web/") + QString::fromLatin1(form.file);
    if (const auto reading = readLockFile(path, text)) {
        look(*reading, text, path);
        promise(readLockFile(path, text).value() == *reading, "the same file reads the same");
    }
    const QString manifest = QString::fromLatin1(kManifests[bytes[0] % kManifests.size()]);
    asksForPackages(manifest, text.bytes);
    return 0;
}
