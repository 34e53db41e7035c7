#include "models/regressionfacts.h"

#include <QJsonArray>

#include <algorithm>

namespace cockpit::regression {

using namespace Qt::StringLiterals;

namespace {

bool hasLimit(const QJsonValue &series)
{
    return series["limited"_L1].toBool();
}

} // namespace

RegressionEnd signInAtBest(const QJsonObject &observed)
{
    return observed["wrong_password"_L1] == "refused"_L1 ? RegressionEnd::Holds : RegressionEnd::InPart;
}

RegressionEnd signedOutAtBest(const QJsonObject &observed)
{
    return observed["source"_L1] == "routes"_L1 ? RegressionEnd::Holds : RegressionEnd::NotTried;
}

RegressionEnd invalidTokenAtBest(const QJsonObject &observed)
{
    const QJsonArray tried = observed["tried"_L1].toArray();
    const bool isRefused =
        std::ranges::any_of(tried, [](const QJsonValue &one) { return one["standing"_L1] == "out"_L1; });
    return isRefused ? RegressionEnd::Holds : RegressionEnd::NotTried;
}

RegressionEnd lockoutAtBest(const QJsonObject &observed)
{
    return hasLimit(observed) ? RegressionEnd::Holds : RegressionEnd::NotTried;
}

RegressionEnd badInputAtBest(const QJsonObject &observed)
{
    const QJsonArray routes = observed["routes"_L1].toArray();
    const bool isPart =
        std::ranges::any_of(routes, [](const QJsonValue &one) { return one["left_out"_L1].toInt() > 0; });
    return isPart ? RegressionEnd::InPart : RegressionEnd::Holds;
}

RegressionEnd limitAtBest(const QJsonObject &observed)
{
    const QJsonArray routes = observed["routes"_L1].toArray();
    const QJsonObject login = observed["login"_L1].toObject();
    const bool isSeen = hasLimit(login["account"_L1]) || hasLimit(login["address"_L1]) ||
                        hasLimit(observed["code"_L1]) || std::ranges::any_of(routes, hasLimit);
    return isSeen ? RegressionEnd::Holds : RegressionEnd::NotTried;
}

} // namespace cockpit::regression
