#include "models/store/rows.h"

#include <QJsonDocument>

namespace cockpit::store {

using namespace Qt::StringLiterals;

namespace {

template<typename T>
QVariant bodyOf(const std::optional<T> &value)
{
    if (!value)
        return QVariant(QMetaType::fromType<QString>());
    return QString::fromUtf8(QJsonDocument(toJson(*value)).toJson(QJsonDocument::Compact));
}

template<typename T>
std::optional<T> readBody(Statements &statements, const QVariant &column,
                          std::optional<T> (*fromJson)(const QJsonObject &))
{
    if (column.isNull())
        return std::nullopt;
    auto value = fromJson(QJsonDocument::fromJson(column.toString().toUtf8()).object());
    if (!value)
        statements.fail(unreadableRow(u"delivery"_s, u"1"_s));
    return value;
}

} // namespace

void writeDelivery(Statements &statements, const Delivery &delivery)
{
    statements.run(u"INSERT OR REPLACE INTO delivery (id, setup, sent, proof) VALUES (1, ?, ?, ?)"_s,
                   {bodyOf(delivery.setup), bodyOf(delivery.sent), bodyOf(delivery.proof)});
}

void readDelivery(Statements &statements, ProjectState &state)
{
    statements.each(u"SELECT setup, sent, proof FROM delivery"_s, {}, [&](const QSqlQuery &row) {
        state.delivery.setup = readBody(statements, row.value(0), deliverySetupFromJson);
        state.delivery.sent = readBody(statements, row.value(1), sentMessageFromJson);
        state.delivery.proof = readBody(statements, row.value(2), deliveryProofFromJson);
    });
}

} // namespace cockpit::store
