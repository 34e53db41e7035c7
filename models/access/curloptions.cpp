#include "models/access/curloptions.h"

#include "models/redactor.h"

#include <QCoreApplication>
#include <QUrl>

#include <algorithm>
#include <array>
#include <string_view>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(CurlCommand)
};

enum class Option {
    Address,
    Method,
    Header,
    Data,
    RawData,
    EncodedData,
    Json,
    Cookie,
    User,
    Agent,
    Referer,
    Form,
    FormText,
    Get,
    Head,
    Bearer,
    File,
    Flag,
    Ignored, // Ignored: with a value that does not change what is sent
};

struct OptionName
{
    std::string_view name; // "-X" or "--request"
    Option option;
};

constexpr std::array kOptions{
    OptionName{"--url", Option::Address},
    OptionName{"-X", Option::Method},
    OptionName{"--request", Option::Method},
    OptionName{"-H", Option::Header},
    OptionName{"--header", Option::Header},
    OptionName{"-d", Option::Data},
    OptionName{"--data", Option::Data},
    OptionName{"--data-ascii", Option::Data},
    OptionName{"--data-binary", Option::Data},
    OptionName{"--data-raw", Option::RawData},
    OptionName{"--data-urlencode", Option::EncodedData},
    OptionName{"--json", Option::Json},
    OptionName{"-b", Option::Cookie},
    OptionName{"--cookie", Option::Cookie},
    OptionName{"-u", Option::User},
    OptionName{"--user", Option::User},
    OptionName{"-A", Option::Agent},
    OptionName{"--user-agent", Option::Agent},
    OptionName{"-e", Option::Referer},
    OptionName{"--referer", Option::Referer},
    OptionName{"-F", Option::Form},
    OptionName{"--form", Option::Form},
    OptionName{"--form-string", Option::FormText},
    OptionName{"-G", Option::Get},
    OptionName{"--get", Option::Get},
    OptionName{"-I", Option::Head},
    OptionName{"--head", Option::Head},
    OptionName{"--oauth2-bearer", Option::Bearer},
    OptionName{"-T", Option::File},
    OptionName{"--upload-file", Option::File},
    OptionName{"-K", Option::File},
    OptionName{"--config", Option::File},
    OptionName{"-n", Option::File},
    OptionName{"--netrc", Option::File},
    OptionName{"-E", Option::File},
    OptionName{"--cert", Option::File},
    OptionName{"--key", Option::File},
    OptionName{"-k", Option::Flag},
    OptionName{"--insecure", Option::Flag},
    OptionName{"-L", Option::Flag},
    OptionName{"--location", Option::Flag},
    OptionName{"-s", Option::Flag},
    OptionName{"--silent", Option::Flag},
    OptionName{"-S", Option::Flag},
    OptionName{"--show-error", Option::Flag},
    OptionName{"-i", Option::Flag},
    OptionName{"--include", Option::Flag},
    OptionName{"-v", Option::Flag},
    OptionName{"--verbose", Option::Flag},
    OptionName{"-g", Option::Flag},
    OptionName{"--globoff", Option::Flag},
    OptionName{"-f", Option::Flag},
    OptionName{"--fail", Option::Flag},
    OptionName{"-N", Option::Flag},
    OptionName{"--no-buffer", Option::Flag},
    OptionName{"-4", Option::Flag},
    OptionName{"-6", Option::Flag},
    OptionName{"-#", Option::Flag},
    OptionName{"--compressed", Option::Flag},
    OptionName{"--path-as-is", Option::Flag},
    OptionName{"--http1.0", Option::Flag},
    OptionName{"--http1.1", Option::Flag},
    OptionName{"--http2", Option::Flag},
    OptionName{"--http2-prior-knowledge", Option::Flag},
    OptionName{"--http3", Option::Flag},
    OptionName{"--tlsv1.2", Option::Flag},
    OptionName{"--tlsv1.3", Option::Flag},
    OptionName{"--ssl-no-revoke", Option::Flag},
    OptionName{"-o", Option::Ignored},
    OptionName{"--output", Option::Ignored},
    OptionName{"-w", Option::Ignored},
    OptionName{"--write-out", Option::Ignored},
    OptionName{"-m", Option::Ignored},
    OptionName{"--max-time", Option::Ignored},
    OptionName{"--connect-timeout", Option::Ignored},
    OptionName{"-c", Option::Ignored},
    OptionName{"--cookie-jar", Option::Ignored},
    OptionName{"-x", Option::Ignored},
    OptionName{"--proxy", Option::Ignored},
    OptionName{"--resolve", Option::Ignored},
    OptionName{"--cacert", Option::Ignored},
    OptionName{"--retry", Option::Ignored},
};

std::optional<Option> optionOf(const QByteArray &name)
{
    const std::string_view wanted(name.constData(), static_cast<std::size_t>(name.size()));
    const auto known = std::ranges::find(kOptions, wanted, &OptionName::name);
    return known == kOptions.end() ? std::nullopt : std::optional(known->option);
}

bool takesValue(Option option)
{
    return option != Option::Get && option != Option::Head && option != Option::Flag && option != Option::File;
}

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
        const auto option = optionOf(word);
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
            const auto option = optionOf(name);
            if (!option)
                return unknown(name);
            if (takesValue(*option))
                return i + 1 < word.size() ? apply(*option, word.mid(i + 1)) : applyNext(*option, name);
            if (const auto applied = apply(*option, {}); !applied)
                return applied;
        }
        return {};
    }

    Result<void> applyNext(Option option, const QByteArray &name)
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

    Result<void> apply(Option option, const QByteArray &value)
    {
        switch (option) {
        case Option::Address:
            m_options.addresses.push_back(value);
            return {};
        case Option::Method:
            m_options.method = value;
            return {};
        case Option::Header:
            return addHeader(value);
        case Option::Data:
            return value.startsWith('@') ? readsAFile() : addData(value);
        case Option::RawData:
            return addData(value);
        case Option::EncodedData:
            return addEncoded(value);
        case Option::Json:
            m_options.isJson = true;
            return value.startsWith('@') ? readsAFile() : addJson(value);
        case Option::Cookie:
            return addCookies(value);
        case Option::User:
            m_options.user = value;
            return {};
        case Option::Agent:
            m_options.headers.emplace_back(u"User-Agent"_s, QString::fromUtf8(value));
            return {};
        case Option::Referer:
            m_options.headers.emplace_back(u"Referer"_s, QString::fromUtf8(value));
            return {};
        case Option::Bearer:
            m_options.headers.emplace_back(u"Authorization"_s, u"Bearer "_s + QString::fromUtf8(value));
            return {};
        case Option::Form:
            return addPart(value, true);
        case Option::FormText:
            return addPart(value, false);
        case Option::Get:
            m_options.isGet = true;
            return {};
        case Option::Head:
            m_options.isHead = true;
            return {};
        case Option::File:
            return readsAFile();
        case Option::Flag:
        case Option::Ignored:
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
