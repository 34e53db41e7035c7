// pip.pypa.io/en/stable/reference/requirements-file-format: one requirement a line, a backslash continues it, " #"
// starts a remark. pip-compile writes behind it who asked: "# via -r requirements.in" or "# via django".
#include "checks/secrets/dependencies/lockparsers.h"

#include <QRegularExpression>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype kLongestLine = 4000; // hashes make them long

const QRegularExpression &pinned()
{
    static const QRegularExpression form(
        u"^([A-Za-z0-9][A-Za-z0-9._-]*)\\s*(?:\\[[^\\]]*\\])?\\s*\\(?\\s*={2,3}\\s*([A-Za-z0-9.!+_*-]+)\\s*\\)?\\s*(?:$|[;,]|--)"_s);
    return form;
}

const QRegularExpression &named()
{
    static const QRegularExpression form(u"^([A-Za-z0-9][A-Za-z0-9._-]*)"_s);
    return form;
}

PackageReach reachOf(QStringView remark)
{
    if (!remark.contains("via"_L1))
        return PackageReach::Unknown;
    return remark.contains("-r "_L1) || remark.contains("(pyproject.toml)"_L1) ? PackageReach::Direct
                                                                               : PackageReach::Transitive;
}

class Reader
{
public:
    void take(const QString &line, int number)
    {
        const QString text = line.trimmed();
        if (text.startsWith(u'#')) {
            takeRemark(text);
            return;
        }
        if (m_joined.isEmpty())
            m_line = number;
        const bool goesOn = text.endsWith(u'\\');
        m_joined += (goesOn ? text.chopped(1) : text) + u' ';
        if (m_joined.size() > kLongestLine)
            m_joined.truncate(kLongestLine);
        if (!goesOn)
            finish();
    }

    LockReading end()
    {
        finish();
        return std::move(m_reading);
    }

private:
    // Of the requirement above: "# via", then one who asked on each line.
    void takeRemark(const QString &remark)
    {
        if (!m_isLastKept || m_reading.packages.empty())
            return;
        PackageReach &reach = m_reading.packages.back().reach;
        m_isVia = m_isVia || remark.contains("via"_L1);
        if (m_isVia && reach != PackageReach::Direct && remark != "# via"_L1)
            reach = reachOf(u"via "_s + remark);
    }

    void finish()
    {
        QString text = std::exchange(m_joined, {}).trimmed();
        const qsizetype remark = text.indexOf(" #"_L1);
        const PackageReach reach = remark < 0 ? PackageReach::Unknown : reachOf(QStringView(text).sliced(remark));
        if (remark >= 0)
            text = text.first(remark).trimmed();
        if (text.isEmpty())
            return;
        m_isVia = false;
        m_isLastKept = false;
        const auto match = pinned().match(text);
        if (match.hasMatch() && !match.captured(2).contains(u'*')) {
            const size_t before = m_reading.packages.size();
            m_reading.add(
                {Ecosystem::PyPi, match.captured(1), match.captured(2), PackageUse::Unknown, reach, {}, m_line});
            m_isLastKept = m_reading.packages.size() > before;
        } else if (!text.startsWith(u'-') || text.startsWith("-e "_L1) || text.startsWith("--editable"_L1)) {
            m_reading.skip(named().match(text).captured(1)); // an option is none
        }
    }

    LockReading m_reading;
    QString m_joined;
    int m_line = 0;
    bool m_isVia = false;
    bool m_isLastKept = false;
};

} // namespace

Result<LockReading> readRequirements(const LockText &text)
{
    // Windows writes them as UTF-16 (`pip freeze > requirements.txt` in PowerShell).
    const bool isWide = text.bytes.startsWith("\xff\xfe");
    const QString all = isWide ? QString::fromUtf16(reinterpret_cast<const char16_t *>(text.bytes.constData() + 2),
                                                    (text.bytes.size() - 2) / 2)
                               : QString::fromUtf8(text.bytes);
    Reader reader;
    int number = 0;
    for (const QStringView line : QStringView(all).split(u'\n'))
        reader.take(line.toString(), ++number);
    return reader.end();
}

} // namespace cockpit
