#include "app/practice/shop/recordaccess.h"
#include "app/practice/shop/shophandlers.h"

#include <QUuid>

#include <algorithm>

namespace cockpit::shop {

using namespace Qt::StringLiterals;

namespace {

using enum ShopFault;

constexpr qsizetype kMostFile = 128LL * 1024;
constexpr qsizetype kMostName = 100;

struct FileType
{
    const char *ending;
    const char *type;
    QByteArray beginning;
};

// By what a file begins with and by its ending, never by what the sender says.
const FileType *typeOf(const FormPart &part)
{
    static const std::vector<FileType> known{
        {".png", "image/png", QByteArray("\x89PNG\r\n\x1a\n", 8)},
        {".jpg", "image/jpeg", QByteArray("\xff\xd8\xff", 3)},
        {".pdf", "application/pdf", "%PDF-"},
    };
    const QByteArray name = part.fileName.toLower();
    if (name.count('.') != 1)
        return nullptr;
    const auto found = std::find_if(known.begin(), known.end(), [&](const FileType &type) {
        return name.endsWith(type.ending) && part.bytes.startsWith(type.beginning);
    });
    return found == known.end() ? nullptr : &*found;
}

bool isPlainName(const QByteArray &name)
{
    return !name.isEmpty() && name.size() <= kMostName && std::all_of(name.begin(), name.end(), [](char letter) {
        const bool isWord =
            (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z') || (letter >= '0' && letter <= '9');
        return isWord || letter == '.' || letter == '-' || letter == '_' || letter == ' ';
    });
}

std::optional<PageReply> refuseFile(const Call &call, const FormPart &part)
{
    if (part.bytes.isEmpty() && !call.has(UploadAnyType))
        return errorReply(422, "empty_file");
    if (part.bytes.size() > kMostFile && !call.has(UploadAnySize))
        return errorReply(413, "too_large");
    if (!isPlainName(part.fileName) && !call.has(UploadKeepsName))
        return errorReply(422, "bad_name");
    if (!typeOf(part) && !call.has(UploadAnyType))
        return errorReply(415, "type_not_taken");
    return {};
}

QJsonObject shown(const StoredFile &file)
{
    return {{u"id"_s, file.id},
            {u"name"_s, QString::fromUtf8(file.name)},
            {u"content_type"_s, QString::fromLatin1(file.contentType)},
            {u"size"_s, file.bytes.size()},
            {u"url"_s, u"/files/uploads/"_s + file.id}};
}

PageReply fileReply(const Call &call, const StoredFile &file)
{
    PageReply reply{.contentType = file.contentType, .body = file.bytes};
    if (call.has(UploadServedInline))
        return reply;
    reply.add("Content-Disposition", "attachment; filename=\"" + file.id.toLatin1() + '"');
    reply.add("Content-Security-Policy", "default-src 'none'; sandbox");
    return reply;
}

QByteArray pdfOf(const QJsonObject &invoice, const QString &tenant)
{
    return "%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\n% " + tenant.toUtf8() + " invoice " +
           QByteArray::number(invoice["number"_L1].toInt()) + "\n% " + invoice["memo"_L1].toString().toUtf8() +
           "\ntrailer<</Root 1 0 R>>\n%%EOF\n";
}

} // namespace

PageReply upload(Call &call)
{
    const auto &parts = call.request.parts;
    const auto part = std::find_if(parts.begin(), parts.end(), [](const FormPart &p) { return p.name == "file"; });
    if (part == parts.end())
        return errorReply(415, "send_a_form_with_a_file");
    if (auto refusal = refuseFile(call, *part))
        return *refusal;
    const FileType *type = typeOf(*part);
    StoredFile file{.id = QUuid::createUuid().toString(QUuid::WithoutBraces),
                    .tenant = call.caller.tenant,
                    .name = part->fileName,
                    .contentType = type ? QByteArray(type->type) : part->contentType,
                    .bytes = part->bytes};
    if (call.has(UploadKeepsName))
        file.id = QString::fromUtf8(part->fileName);
    if (call.has(UploadServedInline))
        file.contentType = part->contentType;
    call.store().files.push_back(file);
    return jsonReply(201, shown(file));
}

PageReply listUploads(Call &call)
{
    QJsonArray list;
    for (const StoredFile &file : call.store().files) {
        if (call.caller.seesAll || file.tenant == call.caller.tenant)
            list.append(shown(file));
    }
    return jsonReply(200, {{u"items"_s, list}});
}

PageReply showUpload(Call &call)
{
    const auto &files = call.store().files;
    const auto file =
        std::find_if(files.begin(), files.end(), [&](const StoredFile &f) { return f.id == call.holes.constFirst(); });
    if (file == files.end())
        return errorReply(404, "not_found");
    const bool isOwn = call.caller.seesAll || file->tenant == call.caller.tenant;
    if (!isOwn && !call.has(CrossFile))
        return errorReply(404, "not_found");
    return fileReply(call, *file);
}

PageReply removeUpload(Call &call)
{
    const auto isMeant = [&](const StoredFile &file) {
        return file.id == call.holes.constFirst() && (call.caller.seesAll || file.tenant == call.caller.tenant);
    };
    return std::erase_if(call.store().files, isMeant) > 0 ? emptyReply() : errorReply(404, "not_found");
}

PageReply showInvoiceFile(Call &call)
{
    const QString name = call.holes.constFirst();
    const Record *record = call.store().record(u"invoices"_s, name.chopped(name.endsWith(".pdf"_L1) ? 4 : 0));
    if (!record || !name.endsWith(".pdf"_L1) || (!isOwn(call, *record) && !call.has(CrossFile)))
        return errorReply(404, "not_found");
    PageReply reply{.contentType = "application/pdf",
                    .body =
                        pdfOf(shown(*collectionNamed(u"invoices"_s), *record), call.store().tenants[record->tenant])};
    reply.add("Content-Disposition", "attachment; filename=\"invoice-" + QByteArray::number(record->number) + ".pdf\"");
    return reply;
}

} // namespace cockpit::shop
