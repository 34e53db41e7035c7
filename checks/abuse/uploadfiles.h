// Files that no upload should take as they are, and the form they are sent in. Pure. None does harm: scripts only
// change the title of the page that shows them, and the text that virus scanners know is no virus.
#pragma once

#include <QByteArray>
#include <QString>

#include <vector>

namespace cockpit {

enum class UploadKind {
    Good,            // a picture, a PDF or a table: what the product is to take
    Empty,           // 0 bytes
    TooLarge,        // kBigFile
    DoubleExtension, // picture.php.png
    WrongBytes,      // a page, named and announced as a picture
    Html,            // a page
    Svg,             // a drawing with a script in it
    Polyglot,        // a picture that is a page as well, announced as one
    PathName,        // ../ in front of the name
    EncodedPathName, // ..%2f in front of it
    LongName,        // 300 characters
    TestVirus,       // the text of EICAR, which scanners report
};
QString toWord(UploadKind value);
QString describe(UploadKind value); // for people: "an empty file"

struct UploadFile
{
    UploadKind kind = UploadKind::Good;
    QByteArray name;
    QByteArray contentType;
    QByteArray bytes;
};

// 10 MB is the limit that most products have.
constexpr qsizetype kBigFile = 11LL * 1024 * 1024;

// What a product may take, the likely ones first; text stands in each, in name and content.
std::vector<UploadFile> goodFiles(const QString &text);
// The others, made like the good one that was taken.
std::vector<UploadFile> badFiles(const UploadFile &good, const QString &text);

// In a file with a script: what it runs. It stands in what is served as long as the script does.
inline const QByteArray kUploadScript = "<script>document.title='lc-upload'</script>";

// multipart/form-data (RFC 7578) with that file under that name of a field.
struct UploadBody
{
    QByteArray contentType;
    QByteArray body;
};
UploadBody uploadBody(const QByteArray &field, const UploadFile &file);
// The field of a recorded form that held a file; "file" without one.
QByteArray fileFieldOf(const QByteArray &recorded);

} // namespace cockpit
