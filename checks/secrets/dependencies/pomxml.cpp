// maven.apache.org/pom.html. What a parent or an imported list of versions (BOM) would say is not in the file: such
// dependencies count as not comparable.
#include "checks/secrets/dependencies/lockparsers.h"

#include <QCoreApplication>
#include <QXmlStreamReader>

#include <vector>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(LockFiles)
};

constexpr int kDeepest = 50;
constexpr int kMostRounds = 5; // a property may stand for another
constexpr qsizetype kLongest = 300;

struct Asked
{
    QHash<QString, QString> fields;
    bool isManaged = false; // a version for whoever asks, no dependency
    int line = 0;

    QString name() const { return fields[u"groupId"_s] + u':' + fields[u"artifactId"_s]; }
};

class PomReader
{
public:
    explicit PomReader(const LockText &text) : m_xml(text.bytes), m_token(text.token) {}

    // Empty: it was read to its end.
    std::optional<QString> read()
    {
        while (!m_xml.atEnd() && !m_token.isCancelled()) {
            switch (m_xml.readNext()) {
            case QXmlStreamReader::StartElement:
                open();
                break;
            case QXmlStreamReader::EndElement:
                close();
                break;
            case QXmlStreamReader::Characters:
                m_text = (m_text + m_xml.text().toString()).left(kLongest);
                break;
            default:
                break;
            }
            if (m_path.size() > kDeepest)
                return Text::tr("It nests its parts more than %1 deep.").arg(kDeepest);
        }
        if (m_xml.hasError())
            return Text::tr("It cannot be read as XML: line %1 is not right.").arg(m_xml.lineNumber());
        return m_isProject ? std::nullopt : std::optional(Text::tr("It is no pom.xml: there is no project in it."));
    }

    LockReading take()
    {
        for (const Asked &one : m_asked) {
            if (one.isManaged)
                m_managed.insert(resolved(one.name()), one.fields[u"version"_s]);
        }
        LockReading reading{.isCut = m_isCut};
        for (const Asked &one : m_asked) {
            if (m_token.isCancelled())
                break;
            if (!one.isManaged)
                add(reading, one);
        }
        reading.isPartial = !reading.packages.empty();
        return reading;
    }

private:
    void open()
    {
        m_path.append(m_xml.name().toString());
        m_text.clear();
        m_isProject = m_isProject || (m_path.size() == 1 && m_path.first() == "project"_L1);
        if (isDependency(m_path.size())) {
            const bool isManaged = m_path.contains("dependencyManagement"_L1);
            if (m_asked.size() < kMostPackagesOfFile)
                m_asked.push_back({{}, isManaged, static_cast<int>(m_xml.lineNumber())});
            else
                m_isCut = true;
        }
    }

    // …/dependencies/dependency of the project or of a profile: those of plugins build, they are not shipped.
    bool isDependency(qsizetype depth) const
    {
        return depth >= 3 && m_path[depth - 1] == "dependency"_L1 && m_path[depth - 2] == "dependencies"_L1 &&
               !m_path.contains("build"_L1) && !m_path.contains("reporting"_L1);
    }

    void close()
    {
        const qsizetype depth = m_path.size();
        const QString text = m_text.trimmed();
        if (depth == 3 && m_path[1] == "properties"_L1)
            m_properties.insert(m_path[2], text);
        else if (depth == 2)
            m_properties.insert(u"project."_s + m_path[1], text);
        else if (depth == 3 && m_path[1] == "parent"_L1)
            m_properties.insert(u"project.parent."_s + m_path[2], text);
        else if (isDependency(depth - 1) && !m_asked.empty() && !m_isCut)
            m_asked.back().fields.insert(m_path.last(), text);
        m_path.removeLast();
        m_text.clear();
    }

    QString property(const QString &name) const
    {
        for (const QString &key : {name, u"project.parent."_s + name.section(u'.', -1)}) {
            QString value = m_properties.value(key);
            const bool isOwn = key == name || name == "project.version"_L1 || name == "project.groupId"_L1;
            if (!value.isEmpty() && isOwn)
                return value;
        }
        return {};
    }

    // Empty: it stands for something that this file does not say.
    QString resolved(QString text) const
    {
        for (int round = 0; round < kMostRounds && text.contains("${"_L1); ++round) {
            const qsizetype from = text.indexOf("${"_L1);
            const qsizetype end = text.indexOf(u'}', from);
            const QString value = end < 0 ? QString() : property(text.sliced(from + 2, end - from - 2));
            if (value.isEmpty() || text.size() + value.size() > kLongest)
                return {};
            text.replace(from, end - from + 1, value);
        }
        return text.contains("${"_L1) ? QString() : text;
    }

    void add(LockReading &reading, const Asked &one) const
    {
        const QString name = resolved(one.name());
        QString version = resolved(one.fields[u"version"_s]);
        if (one.fields[u"version"_s].isEmpty())
            version = resolved(m_managed.value(name));
        const bool isRange = version.startsWith(u'[') || version.startsWith(u'(') || version.contains(u',');
        const QString scope = one.fields[u"scope"_s];
        if (name.isEmpty() || version.isEmpty() || isRange || scope == "system"_L1) {
            reading.skip(Ecosystem::Maven, name.isEmpty() ? one.name() : name);
            return;
        }
        reading.add({Ecosystem::Maven,
                     name,
                     version,
                     scope == "test"_L1 ? PackageUse::Development : PackageUse::Production,
                     PackageReach::Direct,
                     {},
                     one.line});
    }

    QXmlStreamReader m_xml;
    const CancelToken &m_token;
    QStringList m_path;
    QString m_text;
    bool m_isProject = false;
    bool m_isCut = false; // at more than are kept
    QHash<QString, QString> m_properties;
    QHash<QString, QString> m_managed;
    std::vector<Asked> m_asked;
};

} // namespace

Result<LockReading> readPom(const LockText &text)
{
    PomReader reader(text);
    if (const auto fault = reader.read())
        return failure(ErrorKind::BadInput, *fault);
    return reader.take();
}

} // namespace cockpit
