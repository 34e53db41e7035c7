#include "app/practice/shop/deskstate.h"

namespace cockpit::desk {

using namespace Qt::StringLiterals;

namespace {

using enum DeskFault;

constexpr qsizetype kMostMemo = 200;
constexpr int kMostCents = 100000000;
constexpr std::chrono::seconds kLinkLife(300);

PageReply notFound(const Call &call)
{
    return page(call, "Not found", "<p>There is no such invoice.</p>", 404);
}

QByteArray signatureOf(const Call &call, int invoice, qint64 expires)
{
    const QByteArray text =
        QByteArray::number(invoice) + '.' + QByteArray::number(expires) + '.' + QByteArray::number(call.caller.id);
    return shop::hmacSha256(call.desk.linkSecret, text).toHex();
}

QByteArray fileLink(const Call &call, int invoice)
{
    const qint64 expires = call.desk.clock.seconds() + kLinkLife.count();
    return "/files/" + QByteArray::number(invoice) + ".pdf?expires=" + QByteArray::number(expires) +
           "&signature=" + signatureOf(call, invoice, expires);
}

QByteArray rowOf(const Invoice &invoice)
{
    const QByteArray id = QByteArray::number(invoice.id);
    return "<tr><td><a href=\"/invoices/" + id + "\">" + id + "</a></td><td>" + shop::escaped(invoice.memo) +
           "</td><td>" + QByteArray::number(invoice.cents) + "</td><td>" + shop::escaped(invoice.status) + "</td></tr>";
}

PageReply shown(Call &call, const Invoice &invoice)
{
    const QByteArray link = QByteArray(fileLink(call, invoice.id)).replace("&", "&amp;");
    const QByteArray field = "<input name=\"memo\" value=\"" + shop::escaped(invoice.memo) + "\">";
    return page(call, "Invoice " + QByteArray::number(invoice.id),
                "<table>" + rowOf(invoice) + "</table><a href=\"" + link + "\">PDF</a>" +
                    formOf(call, "/invoices/" + QByteArray::number(invoice.id), field, "Save"));
}

// What is wrong with the form, or nothing.
std::optional<PageReply> refuseForm(Call &call)
{
    const QString memo = call.field("memo");
    bool isNumber = true;
    const int cents = call.form.hasQueryItem(u"amount_cents"_s) ? call.field("amount_cents").toInt(&isNumber) : 0;
    if (call.has(SqlError) && memo.contains(u'\''))
        return shop::databaseError(memo);
    const bool isGood = !memo.trimmed().isEmpty() && isNumber && cents >= 0 && cents <= kMostCents &&
                        (memo.size() <= kMostMemo || call.has(TooLongAccepted));
    if (isGood)
        return {};
    if (call.has(StackTrace))
        return shop::crash(u"save_invoice"_s);
    return page(call, "Invoice is not usable", "<p>Look at the memo and the amount.</p>",
                call.has(CrashOnBadInput) ? 500 : 422);
}

} // namespace

PageReply listInvoices(Call &call)
{
    QByteArray rows;
    for (const Invoice &invoice : call.store().invoices) {
        if (call.isOwn(invoice.tenant))
            rows += rowOf(invoice);
    }
    const QByteArray fields = "<input name=\"memo\"><input name=\"amount_cents\" type=\"number\">";
    return page(call, "Invoices", "<table>" + rows + "</table>" + formOf(call, "/invoices", fields, "New invoice"));
}

PageReply showInvoice(Call &call)
{
    const Invoice *invoice = call.store().invoice(call.holes.constFirst().toInt());
    if (!invoice || (!call.isOwn(invoice->tenant) && !call.has(CrossPath)))
        return notFound(call);
    return shown(call, *invoice);
}

PageReply showInvoiceByQuery(Call &call)
{
    const Invoice *invoice = call.store().invoice(call.query.queryItemValue(u"id"_s).toInt());
    if (!invoice || (!call.isOwn(invoice->tenant) && !call.has(CrossQuery)))
        return notFound(call);
    return shown(call, *invoice);
}

PageReply exportInvoices(Call &call)
{
    QByteArray table = "id,memo,amount_cents,status\r\n";
    for (const Invoice &invoice : call.store().invoices) {
        if (call.isOwn(invoice.tenant) || call.has(CrossExport))
            table += QByteArray::number(invoice.id) + ",\"" + invoice.memo.toUtf8().replace('"', "\"\"") + "\"," +
                     QByteArray::number(invoice.cents) + ',' + invoice.status.toUtf8() + "\r\n";
    }
    PageReply reply{.contentType = "text/csv; charset=utf-8", .body = table};
    reply.add("Content-Disposition", "attachment; filename=\"invoices.csv\"");
    return reply;
}

PageReply search(Call &call)
{
    const QString words = call.query.queryItemValue(u"q"_s, QUrl::FullyDecoded).replace(u'+', u' ');
    if (words.size() < 2 || words.size() > 100)
        return page(call, "Search", "<p>Take 2 to 100 letters.</p>", 422);
    if (call.has(SqlError) && words.contains(u'\''))
        return shop::databaseError(words);
    QByteArray rows;
    for (const Invoice &invoice : call.store().invoices) {
        const bool mayBeSeen = call.isOwn(invoice.tenant) || call.has(CrossSearch);
        if (mayBeSeen && invoice.memo.contains(words, Qt::CaseInsensitive))
            rows += rowOf(invoice);
    }
    const QByteArray asked = call.has(ReflectsHtml) ? words.toUtf8() : shop::escaped(words);
    return page(call, "Search", "<p>For " + asked + "</p><table>" + rows + "</table>");
}

PageReply createInvoice(Call &call)
{
    if (auto refusal = refuseForm(call))
        return *refusal;
    const QString tenant = call.field("tenant_id");
    const Invoice invoice{.id = ++call.store().lastId,
                          .tenant = call.has(MassTenant) && !tenant.isEmpty() ? tenant.toInt() : call.caller.tenant,
                          .memo = call.field("memo"),
                          .cents = call.field("amount_cents").toInt(),
                          .status = u"open"_s};
    call.store().invoices.push_back(invoice);
    return seeOther("/invoices/" + QByteArray::number(invoice.id));
}

PageReply changeInvoice(Call &call)
{
    Invoice *invoice = call.store().invoice(call.holes.constFirst().toInt());
    if (!invoice || !call.isOwn(invoice->tenant))
        return notFound(call);
    if (auto refusal = refuseForm(call))
        return *refusal;
    invoice->memo = call.field("memo");
    const QString tenant = call.field("tenant_id");
    if (call.has(MassTenant) && !tenant.isEmpty())
        invoice->tenant = tenant.toInt();
    return seeOther("/invoices/" + QByteArray::number(invoice->id));
}

PageReply removeInvoice(Call &call)
{
    const int id = call.holes.constFirst().toInt();
    const Invoice *invoice = call.store().invoice(id);
    if (!invoice || !call.isOwn(invoice->tenant))
        return notFound(call);
    std::erase_if(call.store().invoices, [&](const Invoice &other) { return other.id == id; });
    return seeOther("/invoices");
}

PageReply file(Call &call)
{
    const QString name = call.holes.constFirst();
    const Invoice *invoice = call.store().invoice(name.section(u'.', 0, 0).toInt());
    if (!invoice || !name.endsWith(".pdf"_L1))
        return notFound(call);
    const qint64 expires = call.query.queryItemValue(u"expires"_s).toLongLong();
    const QByteArray signature = call.query.queryItemValue(u"signature"_s).toLatin1();
    const bool isSigned = expires >= call.desk.clock.seconds() && signature == signatureOf(call, invoice->id, expires);
    if (!call.has(FileUnsigned)) {
        if (call.caller.id == 0)
            return seeOther("/login");
        if (!isSigned || !call.isOwn(invoice->tenant))
            return page(call, "Link is used or old", "<p>Open the invoice again.</p>", 403);
    }
    PageReply reply{.contentType = "application/pdf",
                    .body = "%PDF-1.4\n% invoice " + QByteArray::number(invoice->id) + "\n% " + invoice->memo.toUtf8() +
                            "\n%%EOF\n"};
    reply.add("Content-Disposition", "attachment; filename=\"invoice.pdf\"");
    return reply;
}

} // namespace cockpit::desk
