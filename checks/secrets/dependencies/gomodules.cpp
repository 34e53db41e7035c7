// https://go.dev/ref/mod#go-mod-file and #go-sum-files.
#include "checks/secrets/dependencies/lockparsers.h"
#include "checks/secrets/dependencies/versionorder.h"

#include <QCoreApplication>
#include <QRegularExpression>

#include <map>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(LockFiles)
};

constexpr int kFirstComplete = 17; // of Go 1

struct Module
{
    QString version; // without "v"; empty: a folder of their own
    bool isIndirect = false;
    int line = 0;
};

QString unquotedPath(const QString &path)
{
    return path.startsWith(u'"') ? path.mid(1, path.size() - 2) : path;
}

bool isNewer(const QString &one, const QString &other)
{
    return std::is_gt(compareVersions(Ecosystem::Go, one, other).value_or(std::weak_ordering::less));
}

class GoMod
{
public:
    void take(QByteArrayView bytes, int number)
    {
        const qsizetype remark = bytes.indexOf("//");
        const QString code = QString::fromUtf8(remark < 0 ? bytes : bytes.first(remark)).simplified();
        const bool isIndirect = remark >= 0 && bytes.sliced(remark).contains("indirect");
        QStringList words = code.split(u' ', Qt::SkipEmptyParts);
        if (words.isEmpty())
            return;
        if (words.first() == ")"_L1) {
            m_block.clear();
            return;
        }
        QString verb = m_block;
        if (verb.isEmpty())
            verb = words.takeFirst();
        if (!words.isEmpty() && words.first() == "("_L1) {
            m_block = verb;
            return;
        }
        if (verb == "module"_L1)
            m_isModule = true;
        else if (verb == "go"_L1 && !words.isEmpty())
            m_language = words.first();
        else if (verb == "require"_L1 && words.size() >= 2)
            require(unquotedPath(words[0]), {withoutV(words[1]), isIndirect, number});
        else if (verb == "replace"_L1)
            m_replacements.append(words);
    }

    bool isModule() const { return m_isModule || !m_modules.empty(); }

    // Since Go 1.17 every module that anything is built from is named here.
    bool isComplete() const
    {
        static const QRegularExpression numbers(u"^1\\.(\\d{1,4})"_s); // "1.22.1", "1.22rc1"
        return numbers.match(m_language).captured(1).toInt() >= kFirstComplete;
    }

    std::map<QString, Module> &modules() { return m_modules; }

    // "old v1.2.3 => new v1.2.4", "old => ../folder". What names the version comes first, and what replaces something
    // is not replaced again. Gives the new names.
    QHash<QString, QString> replaced()
    {
        QHash<QString, QString> names;
        for (const bool isOfVersion : {true, false}) {
            for (const QStringList &words : m_replacements)
                replace(words, isOfVersion, names);
        }
        return names;
    }

private:
    // Of several lines about one module the highest version is built in.
    void require(const QString &path, const Module &wanted)
    {
        const auto [known, isNew] = m_modules.try_emplace(path, wanted);
        if (isNew)
            return;
        Module &module = known->second;
        module.isIndirect = module.isIndirect && wanted.isIndirect;
        if (isNewer(wanted.version, module.version)) {
            module.version = wanted.version;
            module.line = wanted.line;
        }
    }

    void replace(const QStringList &words, bool isOfVersion, QHash<QString, QString> &names)
    {
        const qsizetype arrow = words.indexOf("=>"_L1);
        if (arrow < 1 || arrow + 1 >= words.size() || (arrow > 1) != isOfVersion)
            return;
        const auto module = m_modules.find(unquotedPath(words[0]));
        const bool fits = module != m_modules.end() && (!isOfVersion || withoutV(words[1]) == module->second.version);
        if (!fits || names.contains(module->first))
            return;
        const bool isModule = arrow + 2 < words.size();
        module->second.version = isModule ? withoutV(words[arrow + 2]) : QString();
        names.insert(module->first, unquotedPath(words[arrow + 1]));
    }

    std::map<QString, Module> m_modules; // by path
    QList<QStringList> m_replacements;
    QString m_block;
    QString m_language = u"1.16"_s; // what go takes a file without the line for
    bool m_isModule = false;
};

// "path v1.2.3 h1:hash=": built from; with "/go.mod" behind the version: looked at alone. The newest of several counts.
std::map<QString, Module> modulesOfSum(const LockText &sum)
{
    std::map<QString, Module> modules;
    eachLine(sum, [&](const TextLine &line) {
        const QStringList words = QString::fromUtf8(line.text).simplified().split(u' ');
        if (words.size() != 3 || words[1].endsWith("/go.mod"_L1) || !words[1].startsWith(u'v'))
            return;
        Module &module = modules[words[0]];
        const QString version = withoutV(words[1]);
        if (module.version.isEmpty() || isNewer(version, module.version))
            module = {version, true, line.number};
    });
    return modules;
}

} // namespace

Result<LockReading> readGoModules(const LockText &text)
{
    GoMod file;
    eachLine(text, [&](const TextLine &line) { file.take(line.text, line.number); });
    if (!file.isModule())
        return failure(ErrorKind::BadInput, Text::tr("It is no go.mod: the line of the module is missing."));
    const QHash<QString, QString> names = file.replaced();
    LockReading reading;
    for (const auto &[path, module] : file.modules()) {
        const QString name = names.value(path, path);
        if (module.version.isEmpty()) {
            if (!isOwnPath(text, name)) // a folder of the product
                reading.skip(Ecosystem::Go, path);
            continue;
        }
        reading.add({Ecosystem::Go,
                     name,
                     module.version,
                     PackageUse::Unknown,
                     module.isIndirect ? PackageReach::Transitive : PackageReach::Direct,
                     {},
                     module.line});
    }
    if (file.isComplete())
        return reading;
    reading.isPartial = !text.beside.contains(u"go.sum"_s) && !reading.packages.empty();
    for (const auto &[path, module] : modulesOfSum({text.beside[u"go.sum"_s], {}, text.token})) {
        if (!file.modules().contains(path)) // its line would be of the other file
            reading.add({Ecosystem::Go, path, module.version, PackageUse::Unknown, PackageReach::Transitive, {}, 0});
    }
    return reading;
}

Result<LockReading> readGoSum(const LockText &text)
{
    LockReading reading;
    for (const auto &[path, module] : modulesOfSum(text))
        reading.add({Ecosystem::Go, path, module.version, PackageUse::Unknown, PackageReach::Unknown, {}, module.line});
    if (reading.packages.empty() && !text.bytes.trimmed().isEmpty())
        return failure(ErrorKind::BadInput, Text::tr("It is no go.sum: no line names a module with its checksum."));
    return reading;
}

} // namespace cockpit
