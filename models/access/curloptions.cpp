#include "models/access/curloptions.h"

#include "models/access/curloptionnames.h"
#include "models/redactor.h"

#include <QCoreApplication>
#include <QUrl>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(CurlCommand)
};

tl::unexpected<Error> refused(const QString &sentence)
{
    return failure(ErrorKind::BadInput, sentence);
}

tl::unexpected<Error> readsAFile()
{
    return refused(
        Text::tr("This command sends a file of your computer. Copy a request whose content is in the command "
                 "itself."));
}

class Reader
{
public:
    explicit Reader(const std::vector<QByteArray> &words) : m_words(words) {}

    Result<CurlOptions> read()
    {
        bool isOver = false; // behind "--" there are addresses only
        while (m_at < m_words.size()) {
            const QByteArray word = m_words[m_at++];
            Result<void> step;
            if (!isOver && word == "--")
                isOver = true;
            else if (!isOver && word.startsWith("--"))
                step = readLong(word);
            else if (!isOver && word.startsWith('-') && word.size() > 1)
                step = readShort(word);
            else
                m_options.addresses.push_back(word);
            if (!step)
                return tl::unexpected(step.error());
        }
        return m_options;
    }

private:
    Result<void> readLong(const QByteArray &word)
    {
        const auto option = curlOptionOf(word);
        if (!option)
            return unknown(word);
        if (!takesValue(*option))
            return apply(*option, {});
        return applyNext(*option, word);
    }

    // "-sSL", "-XPOST", "-d 'x'".
    Result<void> readShort(const QByteArray &word)
    {
        for (qsizetype i = 1; i < word.size(); ++i) {
            const QByteArray name = QByteArray(1, '-') + word[i];
            const auto option = curlOptionOf(name);
            if (!option)
                return unknown(name);
            if (takesValue(*option))
                return i + 1 < word.size() ? apply(*option, word.mid(i + 1)) : applyNext(*option, name);
            if (const auto applied = apply(*option, {}); !applied)
                return applied;
        }
        return {};
    }

    Result<void> applyNext(CurlOption option, const QByteArray &name)
    {
        if (m_at >= m_words.size())
            return refused(Text::tr("The command ends behind %1: it was not copied whole. Copy it again.")
                               .arg(QString::fromUtf8(name)));
        return apply(option, m_words[m_at++]);
    }

    static tl::unexpected<Error> unknown(const QByteArray &name)
    {
        return refused(Text::tr("The option %1 of curl is not known here. Take it out and paste again.")
                           .arg(redact(plainText(QString::fromUtf8(name), 40))));
    }

    Result<void> apply(CurlOption option, const QByteArray &value)
    {
        switch (option) {
        case CurlOption::Address:
            m_options.addresses.push_back(value);
            return {};
        case CurlOption::Method:
            m_options.method = value;
            return {};
        case CurlOption::Header:
            return addHeader(value);
        case CurlOption::Data:
            return value.startsWith('@') ? readsAFile() : addData(value);
        case CurlOption::RawData:
            return addData(value);
        case CurlOption::EncodedData:
            return addEncoded(value);
        case CurlOption::Json:
            m_options.isJson = true;
            return value.startsWith('@') ? readsAFile() : addJson(value);
        case CurlOption::Cookie:
            return addCookies(value);
        case CurlOption::User:
            m_options.user = value;
            return {};
        case CurlOption::Agent:
            m_options.headers.emplace_back(u"User-Agent"_s, QString::fromUtf8(value));
            return {};
        case CurlOption::Referer:
            m_options.headers.emplace_back(u"Referer"_s, QString::fromUtf8(value));
            return {};
        case CurlOption::Bearer:
            m_options.headers.emplace_back(u"Authorization"_s, u"Bearer "_s + QString::fromUtf8(value));
            return {};
        case CurlOption::Form:
            return addPart(value, true);
        case CurlOption::FormText:
            return addPart(value, false);
        case CurlOption::Get:
            m_options.isGet = true;
            return {};
        case CurlOption::Head:
            m_options.isHead = true;
            return {};
        case CurlOption::File:
            return readsAFile();
        case CurlOption::Flag:
        case CurlOption::Ignored:
            return {};
        }
        Q_UNREACHABLE();
    }

    // "Name: value"; "Name;" is sent without a value, and "Name:" is not sent.
    Result<void> addHeader(const QByteArray &line)
    {
        if (line.startsWith('@'))
            return readsAFile();
        const qsizetype colon = line.indexOf(':', 1); // ":authority: …" of HTTP/2
        if (colon < 0 && line.endsWith(';'))
            m_options.headers.emplace_back(QString::fromUtf8(line.chopped(1).trimmed()), QString());
        else if (colon > 0 && !line.startsWith(':') && !line.mid(colon + 1).trimmed().isEmpty())
            m_options.headers.emplace_back(QString::fromUtf8(line.left(colon).trimmed()),
                                           QString::fromUtf8(line.mid(colon + 1).trimmed()));
        return {};
    }

    Result<void> addData(const QByteArray &value)
    {
        m_options.data = m_options.data ? *m_options.data + '&' + value : value;
        return {};
    }

    Result<void> addJson(const QByteArray &value) // several are put together as they are
    {
        m_options.data = m_options.data.value_or(QByteArray()) + value;
        return {};
    }

    // "content", "=content", "name=content"; "@file" and "name@file" read one.
    Result<void> addEncoded(const QByteArray &value)
    {
        const qsizetype equals = value.indexOf('=');
        if (equals < 0 && value.contains('@'))
            return readsAFile();
        if (equals < 0)
            return addData(value.toPercentEncoding());
        const QByteArray name = value.left(equals);
        return addData((name.isEmpty() ? name : name + '=') + value.mid(equals + 1).toPercentEncoding());
    }

    Result<void> addCookies(const QByteArray &value)
    {
        if (!value.contains('=') && !value.isEmpty())
            return readsAFile();
        if (!value.isEmpty())
            m_options.cookies << value;
        return {};
    }

    // "name=content;type=text/plain"; with isRich, "name=@file" and "name=<file" read one.
    Result<void> addPart(const QByteArray &value, bool isRich)
    {
        const qsizetype equals = value.indexOf('=');
        QByteArray content = value.mid(equals + 1);
        if (equals <= 0)
            return refused(Text::tr("A part of the form in this command has no name. Copy it again."));
        if (isRich && (content.startsWith('@') || content.startsWith('<')))
            return readsAFile();
        if (const qsizetype type = content.indexOf(";type="); isRich && type >= 0)
            content.truncate(type);
        QByteArray name = value.left(equals);
        name.replace('"', "%22").replace('\r', "%0D").replace('\n', "%0A");
        m_options.form += QByteArray("--") + kFormBoundary + "\r\nContent-Disposition: form-data; name=\"" + name +
                          "\"\r\n\r\n" + content + "\r\n";
        return {};
    }

    const std::vector<QByteArray> m_words;
    std::size_t m_at = 0;
    CurlOptions m_options;
};

} // namespace

Result<CurlOptions> readCurlOptions(const std::vector<QByteArray> &words)
{
    return Reader(words).read();
}

} // namespace cockpit
