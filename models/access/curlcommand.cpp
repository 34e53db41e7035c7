#include "models/access/curlcommand.h"

#include "models/access/curloptions.h"
#include "models/access/shellwords.h"
#include "models/redactor.h"

#include <QCoreApplication>

#include <algorithm>

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

// Other forms in which browsers copy a request.
QString otherForm(const QByteArray &command)
{
    const QByteArray start = command.left(400).toLower();
    if (start.startsWith("$session") || start.contains("invoke-webrequest"))
        return Text::tr("This is for PowerShell. In the network tools of the browser choose “Copy as cURL (bash)” or "
                        "“Copy as cURL (cmd)”.");
    if (start.startsWith("fetch(") || start.startsWith("await fetch("))
        return Text::tr("This is for JavaScript. In the network tools of the browser choose “Copy as cURL”.");
    if (start.startsWith("http://") || start.startsWith("https://"))
        return Text::tr("This is an address alone. In the network tools of the browser choose “Copy as cURL”.");
    return Text::tr("This does not begin with “curl”. In the network tools of the browser, press the right mouse "
                    "button on the request that signs in, and choose “Copy as cURL”.");
}

bool isCurl(const QByteArray &word)
{
    const QByteArray name = word.mid(std::max(word.lastIndexOf('/'), word.lastIndexOf('\\')) + 1).toLower();
    return name == "curl" || name == "curl.exe";
}

Result<QUrl> addressIn(const QByteArray &typed)
{
    QString text = QString::fromUtf8(typed).trimmed();
    if (!text.contains("://"_L1)) // as curl does
        text.prepend("http://"_L1);
    const QUrl url(text, QUrl::TolerantMode);
    const bool isWeb = url.scheme() == "https"_L1 || url.scheme() == "http"_L1;
    if (!url.isValid() || !isWeb || url.host().isEmpty())
        return refused(Text::tr("“%1” is no web address.").arg(redact(plainText(text, 80))));
    return url;
}

void addHeader(CurlCommand &command, const QString &name, const QString &value)
{
    command.headers.emplace_back(name, value);
}

bool hasHeader(const CurlCommand &command, QLatin1StringView name)
{
    return std::ranges::any_of(
        command.headers, [&](const auto &header) { return header.first.compare(name, Qt::CaseInsensitive) == 0; });
}

QString headerOf(const CurlCommand &command, QLatin1StringView name)
{
    for (const auto &[known, value] : command.headers) {
        if (known.compare(name, Qt::CaseInsensitive) == 0)
            return value;
    }
    return {};
}

// Basic credentials (RFC 7617) of -u or of the address.
void addUser(CurlCommand &command, const QByteArray &user)
{
    if (!hasHeader(command, "authorization"_L1))
        addHeader(command, u"Authorization"_s, u"Basic "_s + QString::fromLatin1(user.toBase64()));
}

void takeUserOutOfAddress(CurlCommand &command)
{
    if (command.url.userInfo().isEmpty())
        return;
    addUser(command, command.url.userName(QUrl::FullyDecoded).toUtf8() + ':' +
                         command.url.password(QUrl::FullyDecoded).toUtf8());
    command.url.setUserInfo({});
}

void putBody(CurlCommand &command, const CurlOptions &options)
{
    const auto contentType = [&](const QString &type) {
        if (!hasHeader(command, "content-type"_L1))
            addHeader(command, u"Content-Type"_s, type);
    };
    if (!options.form.isEmpty()) {
        contentType(u"multipart/form-data; boundary="_s + QString::fromLatin1(kFormBoundary));
        command.body = options.form + "--" + kFormBoundary + "--\r\n";
    } else if (options.data && options.isGet) {
        const QByteArray known = command.url.query(QUrl::FullyEncoded).toLatin1();
        command.url.setQuery(QString::fromUtf8(known.isEmpty() ? *options.data : known + '&' + *options.data));
    } else if (options.data) {
        contentType(options.isJson ? u"application/json"_s : u"application/x-www-form-urlencoded"_s);
        if (options.isJson && !hasHeader(command, "accept"_L1))
            addHeader(command, u"Accept"_s, u"application/json"_s);
        command.body = *options.data;
    }
    command.isForm =
        headerOf(command, "content-type"_L1).startsWith("application/x-www-form-urlencoded"_L1, Qt::CaseInsensitive);
}

QString methodOf(const CurlOptions &options)
{
    if (!options.method.isEmpty())
        return QString::fromLatin1(options.method).toUpper();
    if (options.isHead)
        return u"HEAD"_s;
    const bool sends = (options.data && !options.isGet) || !options.form.isEmpty();
    return sends ? u"POST"_s : u"GET"_s;
}

bool isMethod(const QString &method)
{
    return method.size() <= 20 && std::ranges::all_of(method, [](QChar c) { return c >= u'A' && c <= u'Z'; });
}

Result<CurlCommand> commandOf(const CurlOptions &options)
{
    if (options.addresses.empty())
        return refused(Text::tr("There is no address in this command. Copy it again."));
    if (options.addresses.size() > 1)
        return refused(Text::tr("There are several addresses in this command. Copy one request only."));
    const auto url = addressIn(options.addresses.front());
    if (!url)
        return tl::unexpected(url.error());
    CurlCommand command;
    command.url = *url;
    command.method = methodOf(options);
    if (!isMethod(command.method))
        return refused(Text::tr("“%1” is no method of HTTP.").arg(plainText(command.method, 20)));
    command.headers = options.headers;
    if (!options.cookies.isEmpty())
        addHeader(command, u"Cookie"_s, QString::fromUtf8(options.cookies.join("; ")));
    if (!options.user.isEmpty())
        addUser(command, options.user);
    takeUserOutOfAddress(command);
    putBody(command, options);
    return command;
}

} // namespace

Result<CurlCommand> parseCurlCommand(const QByteArray &text)
{
    QByteArray command = text.trimmed();
    if (command.startsWith("$ ")) // of a prompt
        command = command.sliced(2).trimmed();
    if (command.isEmpty())
        return refused(Text::tr("Paste what “Copy as cURL” of the browser gave you."));
    if (!command.left(200).toLower().contains("curl"))
        return refused(otherForm(command));
    const auto words = shellOf(command) == Shell::Cmd ? cmdWords(command) : bashWords(command);
    if (!words)
        return tl::unexpected(words.error());
    if (words->empty() || !isCurl(words->front()))
        return refused(otherForm(command));
    const auto options = readCurlOptions({words->begin() + 1, words->end()});
    if (!options)
        return tl::unexpected(options.error());
    return commandOf(*options);
}

} // namespace cockpit
