#include "checks/abuse/uploadfiles.h"

#include "models/wordtable.h"

#include <QCoreApplication>
#include <QRegularExpression>

#include <array>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

using enum UploadKind;

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(Upload)
};

constexpr std::array kKinds{
    WordRow<UploadKind>{Good, "good"},
    WordRow<UploadKind>{Empty, "empty"},
    WordRow<UploadKind>{TooLarge, "too_large"},
    WordRow<UploadKind>{DoubleExtension, "double_extension"},
    WordRow<UploadKind>{WrongBytes, "wrong_bytes"},
    WordRow<UploadKind>{Html, "html"},
    WordRow<UploadKind>{Svg, "svg"},
    WordRow<UploadKind>{Polyglot, "polyglot"},
    WordRow<UploadKind>{PathName, "path_name"},
    WordRow<UploadKind>{EncodedPathName, "encoded_path_name"},
    WordRow<UploadKind>{LongName, "long_name"},
    WordRow<UploadKind>{TestVirus, "test_virus"},
};

constexpr qsizetype kLongName = 300;

// One pixel (PNG, third edition: signature, IHDR, IDAT, IEND). What stands behind IEND is left alone by readers.
QByteArray picture()
{
    return QByteArray::fromHex(
        "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c4944415408d763f8"
        "cfc0000003010100c9fe92ef0000000049454e44ae426082");
}

QByteArray pdf(const QByteArray &text)
{
    return "%PDF-1.4\n% " + text + "\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n";
}

QByteArray page(const QByteArray &text)
{
    return "<!doctype html><html><head><title>x</title></head><body>" + kUploadScript + text + "</body></html>\n";
}

// Put together here, so that no scanner reports this program (eicar.org, 68 characters).
QByteArray testVirus()
{
    return QByteArray("X5O!P%@AP[4\\PZX54(P^)7CC)7}$") + "EICAR-STANDARD-" + "ANTIVIRUS-TEST-FILE!" + "$H+H*";
}

QByteArray endingOf(const QByteArray &name)
{
    return name.mid(name.lastIndexOf('.'));
}

} // namespace

QString toWord(UploadKind value)
{
    return wordOf(kKinds, value);
}

QString describe(UploadKind value)
{
    switch (value) {
    case Good:
        return Text::tr("a good file");
    case Empty:
        return Text::tr("an empty file");
    case TooLarge:
        return Text::tr("a file of 11 MB");
    case DoubleExtension:
        return Text::tr("a file with the endings of a program and of a picture");
    case WrongBytes:
        return Text::tr("a page announced as a picture");
    case Html:
        return Text::tr("a page with a script");
    case Svg:
        return Text::tr("a drawing (SVG) with a script");
    case Polyglot:
        return Text::tr("a picture that is a page as well");
    case PathName:
        return Text::tr("a name that leads upwards (../)");
    case EncodedPathName:
        return Text::tr("a name that leads upwards (..%2f)");
    case LongName:
        return Text::tr("a name of 300 characters");
    case TestVirus:
        return Text::tr("the test file of virus scanners");
    }
    Q_UNREACHABLE();
}

std::vector<UploadFile> goodFiles(const QString &text)
{
    const QByteArray name = text.toUtf8();
    return {{Good, name + ".png", "image/png", picture() + name},
            {Good, name + ".pdf", "application/pdf", pdf(name)},
            {Good, name + ".csv", "text/csv", "name,text\nlc," + name + '\n'}};
}

std::vector<UploadFile> badFiles(const UploadFile &good, const QString &text)
{
    const QByteArray name = text.toUtf8();
    const QByteArray ending = endingOf(good.name);
    const QByteArray svg = "<svg xmlns=\"http://www.w3.org/2000/svg\">" + kUploadScript + "<!--" + name + "--></svg>";
    return {
        {Html, name + ".html", "text/html", page(name)},
        {WrongBytes, name + ending, good.contentType, page(name)},
        {Svg, name + ".svg", "image/svg+xml", svg},
        {Polyglot, name + ending, "text/html", good.bytes + page(name)},
        {DoubleExtension, name + ".php" + ending, good.contentType, good.bytes},
        {PathName, "../" + name + ending, good.contentType, good.bytes},
        {EncodedPathName, "..%2f" + name + ending, good.contentType, good.bytes},
        {LongName, name + QByteArray(kLongName - name.size() - ending.size(), 'a') + ending, good.contentType,
         good.bytes},
        {Empty, name + ending, good.contentType, {}},
        {TestVirus, name + ".txt", "text/plain", testVirus()},
        {TooLarge, name + ending, good.contentType, good.bytes + QByteArray(kBigFile, ' ')},
    };
}

UploadBody uploadBody(const QByteArray &field, const UploadFile &file)
{
    const QByteArray boundary = "----lc7f3a9c51d2b8e604";
    return {"multipart/form-data; boundary=" + boundary,
            "--" + boundary + "\r\nContent-Disposition: form-data; name=\"" + field + "\"; filename=\"" + file.name +
                "\"\r\nContent-Type: " + file.contentType + "\r\n\r\n" + file.bytes + "\r\n--" + boundary + "--\r\n"};
}

QByteArray fileFieldOf(const QByteArray &recorded)
{
    static const QRegularExpression field(u"name=\"([A-Za-z0-9_.\\[\\]-]{1,60})\"; *filename="_s);
    const QRegularExpressionMatch match = field.match(QString::fromLatin1(recorded));
    return match.hasMatch() ? match.captured(1).toLatin1() : QByteArray("file");
}

} // namespace cockpit
