#include "checks/secrets/naturaltext.h"

#include "checks/values/bytekinds.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>
#include <vector>

namespace cockpit {

namespace {

// Words of programs, of forms and of everyday life; the model is learnt from their letters.
constexpr std::string_view kWords =
    "about above accept access account action active activity actor adapter address admin advance after again "
    "agent alert alias align allow alpha always amount analytics anchor android angular animal animation answer "
    "apache append apple application apply archive argument array article aspect asset assign async attach attempt "
    "attribute audio audit author authorization automatic available avatar average await azure backend background "
    "backup badge balance banner basic batch bearer before begin behavior below between binary binding black block "
    "board boolean border bottom bound branch brand bread break bridge browser bucket buffer build builder bundle "
    "business button cache calendar callback campaign cancel capture carbon carousel catalog catch category center "
    "certificate chain change channel chapter character charge chart check child choice chrome circle class clean "
    "clear click client clipboard clock clone close cloud cluster codec collapse collect collection color column "
    "combine command comment commit common community company compare compile complete component compose compress "
    "compute concat condition config configuration confirm connect connection console constant construct consumer "
    "contact contain container content context continue contract control controller convert cookie copyright "
    "correct count counter country coupon course cover create creator credential credit critical cross cryptic "
    "currency current cursor custom customer cycle daemon dashboard data database debug decimal declare decode "
    "default define degree delay delete deliver delta demand deploy deployment depth derive describe description "
    "design desktop destroy detail detect develop developer device dialog digest digital direct directory disable "
    "discount dispatch display distance docker document domain donate double download draft dragon driver dropdown "
    "duplicate duration dynamic editor effect element email embed employee empty enable encode encrypt endpoint "
    "energy engine english enough enter entity entry enum environment equal error escape estimate event every "
    "exact exception exchange exclude execute exist expand expect expire export express extend extension external "
    "extract factor factory failure fallback false family favorite feature federal fetch field figure filter final "
    "finance finger finish firebase first fixed fixture flag flash float floor folder follow fontsize footer force "
    "foreign format forward found fraction frame framework friend front function future gallery gateway general "
    "generate generic github global google gradient grand grant graph green group growth guard guest guide handle "
    "handler happy hardware header health heart height hello hidden highlight history holder horizontal house "
    "hover human icon identifier identity ignore image import include income index indicator info inherit initial "
    "inject inline input insert inspect install instance integer integration interface internal interval invalid "
    "inventory invoice island issue item iterator javascript journal jquery keyboard keyword kitchen label "
    "language large laravel latest launch layer layout leader learn left length letter level library license light "
    "limit linear link list listen little loader local locale location logger login logout longitude lookup "
    "machine mailbox main manage manager manifest manual margin market master match material matrix maximum "
    "measure media medium member memory menu merchant message metadata method metric middle minimum minute mirror "
    "missing mobile modal model modern modify module monday money monitor month mother motion mount mouse movie "
    "multiple music mutation native natural navigate navigation nested network never node normal notebook nothing "
    "notice notification number object observer office offline offset online opacity open operation operator "
    "option orange order organization origin other outline output overflow override overview owner package padding "
    "paint panel paper parallel parameter parent parse partial partner party password paste patch path pattern "
    "pause payload payment pending people percent perform period permission person phone photo picture pixel place "
    "plain planet platform player please plugin point pointer policy popular popup portal position postgres power "
    "prefix present preview previous price primary print priority privacy private problem process processor "
    "product production profile program progress project promise prompt property protect protocol provide provider "
    "proxy public publish purchase python quality quantity query question queue quick random range rating react "
    "read reader ready reason receive recipe record recover redirect reduce reference refresh region register "
    "registry relation release reload remote remove render repeat replace reply report repository request require "
    "reset resize resolve resource response restore result resume retry return reverse review revision right river "
    "robot role rollback root rotate round route router runtime sample sandbox save scale scan schedule schema "
    "school science scope score screen script scroll search season second secret section secure security segment "
    "select selector send sender sensor sentence separate sequence serial series server service session setting "
    "setup shadow shape share sheet shell shield shift shipping shop short should show shutdown side sidebar "
    "signal signature signin signup silver similar simple single size skeleton skill slack slice slide slider "
    "small smart snapshot social socket software solution sort sound source space special speed spinner split "
    "spring square stable stack stage standard start state static station status step stock stop storage store "
    "story stream street strict string strong structure student studio style subject submit subscribe subscription "
    "success suffix suggest summary sunday sunshine super supabase supplier support surface survey switch symbol "
    "sync syntax system table target task team template tenant terminal test text thank theme thread three "
    "threshold throw thumb ticket timeline timeout timer timestamp title toast today toggle token tomorrow toolbar "
    "tooltip topic total touch track trade traffic train transaction transfer transform transition translate "
    "transport travel tree trigger trust twitter type unique unit universal unknown unlock until update upload "
    "upper usage user username utility valid validate value vanilla variable variant vector vendor verify version "
    "vertical video view viewport village virtual visible visit visitor volume wallet warning watch water weather "
    "webhook website weight welcome white widget width window winter without wizard woman wonder word worker "
    "workflow workspace world wrapper write yellow yesterday zone";

// Of settings and of advice, too short to be looked for everywhere; sorted.
constexpr std::array<std::string_view, 40> kShortWords{
    "and", "api",  "app",  "auth", "bits", "bytes", "char", "chars", "code", "dev",     "for",  "from", "here", "hex",
    "in",  "is",   "jwt",  "keep", "key",  "long",  "make", "must",  "new",  "openssl", "prod", "put",  "rand", "safe",
    "set", "shop", "sign", "some", "that", "the",   "this", "use",   "very", "with",    "you",  "your"};
constexpr size_t kLongestWord = 16;
// Characters that are of no word: fewer are a year, a number, the name of a product.
constexpr size_t kFewestUnread = 12;
constexpr size_t kShortestWord = 5;
constexpr size_t kFewestPairs = 6;
// Bits of surprise per pair of letters: words need about 4, random letters more than 5.5.
constexpr double kNaturalSurprise = 4.75;
// For a word inside, with capitals, small letters and digits at once. Names of that kind ("i18nLabelPassword") stay
// below; of random values of 14 characters one in 36 would pass for words by the other limit, and one in 150 does by
// this one.
constexpr double kMixedSurprise = 4.3;
// For words alone: a key of both cases changes between them in every second pair, "camelCase" does not. Fewer keys pass
// than by kMixedSurprise (of 20 random letters one in 10 000, and not one in 500), and three in ten names of programs
// do not: too many where nothing but a common name speaks for a value.
constexpr size_t kPairsPerChange = 3;
constexpr size_t kLetters = 26;

int letterOf(char c)
{
    if (c >= 'a' && c <= 'z')
        return c - 'a';
    return c >= 'A' && c <= 'Z' ? c - 'A' : -1;
}

struct Model
{
    std::array<std::array<double, kLetters>, kLetters> surprise{};
    std::vector<std::string_view> words; // of kShortestWord letters or more, sorted
};

Model learn()
{
    Model model;
    std::array<std::array<int, kLetters>, kLetters> pairs{};
    for (size_t from = 0; from < kWords.size();) {
        const size_t end = std::min(kWords.find(' ', from), kWords.size());
        const std::string_view word = kWords.substr(from, end - from);
        if (word.size() >= kShortestWord)
            model.words.push_back(word);
        for (size_t i = 1; i < word.size(); ++i)
            ++pairs[static_cast<size_t>(word[i - 1] - 'a')][static_cast<size_t>(word[i] - 'a')];
        from = end + 1;
    }
    for (size_t first = 0; first < kLetters; ++first) {
        double all = 0;
        for (const int count : pairs[first])
            all += count + 0.5; // a pair that was never seen is rare, not impossible
        for (size_t second = 0; second < kLetters; ++second)
            model.surprise[first][second] = -std::log2((pairs[first][second] + 0.5) / all);
    }
    std::ranges::sort(model.words);
    return model;
}

const Model &model()
{
    static const Model learnt = learn();
    return learnt;
}

// The first word of a list that begins here and is long enough, regardless of case; 0: none. The list is sorted.
template<typename List>
size_t wordAt(std::string_view value, const List &words, size_t shortest)
{
    std::array<char, kLongestWord> letters{};
    for (size_t length = 0; length < std::min(kLongestWord, value.size()); ++length) {
        const int letter = letterOf(value[length]);
        if (letter < 0)
            break;
        letters[length] = static_cast<char>('a' + letter);
        const std::string_view beginning(letters.data(), length + 1);
        if (beginning.size() >= shortest && std::ranges::binary_search(words, beginning))
            return beginning.size();
    }
    return 0;
}

bool beginsWord(std::string_view value)
{
    return wordAt(value, model().words, kShortestWord) > 0;
}

bool isHexadecimal(std::string_view value)
{
    const auto isHex = [](char c) {
        return (c >= '0' && c <= '9') || (letterOf(c) >= 0 && letterOf(c) < 6) || c == '-';
    };
    const auto digits = std::ranges::count_if(value, [](char c) { return c >= '0' && c <= '9'; });
    return std::ranges::all_of(value, isHex) && digits * 5 >= static_cast<std::ptrdiff_t>(value.size());
}

// Of letters that stand beside each other.
struct Pairs
{
    size_t count = 0;
    size_t changes = 0; // between small letters and capitals
    double bits = 0;

    void add(char one, char next)
    {
        const int first = letterOf(one);
        const int second = letterOf(next);
        if (first < 0 || second < 0)
            return;
        bits += model().surprise[static_cast<size_t>(first)][static_cast<size_t>(second)];
        ++count;
        changes += ((one ^ next) & 0x20) != 0 ? 1 : 0;
    }

    bool surpriseLessThan(double limit) const
    {
        return count >= kFewestPairs && bits / static_cast<double>(count) < limit;
    }
};

// In translations of forms: {"password": "비밀번호"}. What generates keys keeps to ASCII.
bool isBeyondAscii(std::string_view value)
{
    return std::ranges::any_of(value, [](char c) { return static_cast<unsigned char>(c) >= 0x80; });
}

// "Wachtwoord", "Palavra-passe".
bool isCapitalised(std::string_view value)
{
    return value.front() >= 'A' && value.front() <= 'Z' &&
           std::ranges::all_of(value.substr(1), [](char c) { return (c >= 'a' && c <= 'z') || c == '-'; });
}

// "self.pwd", "TAG_USER": names, joined as programs join them.
bool isName(std::string_view value)
{
    const auto isJoint = [](char c) { return c == '.' || c == '_'; };
    return std::ranges::any_of(value, isJoint) &&
           std::ranges::all_of(value, [&](char c) { return isJoint(c) || letterOf(c) >= 0; });
}

bool isMixed(std::string_view value)
{
    return std::ranges::any_of(value, isDigitByte) &&
           std::ranges::any_of(value, [](char c) { return c >= 'a' && c <= 'z'; }) &&
           std::ranges::any_of(value, [](char c) { return c >= 'A' && c <= 'Z'; });
}

// What neither question needs to be counted for.
std::optional<bool> knownAtOnce(std::string_view value)
{
    if (value.empty() || isHexadecimal(value))
        return false;
    return isBeyondAscii(value) || isName(value) ? std::optional(true) : std::nullopt;
}

} // namespace

bool readsLikeWords(std::string_view value)
{
    if (const auto known = knownAtOnce(value))
        return *known;
    if (isCapitalised(value))
        return true;
    for (size_t at = 0; at + kShortestWord <= value.size(); ++at) {
        if (beginsWord(value.substr(at)))
            return true;
    }
    Pairs pairs;
    for (size_t i = 1; i < value.size(); ++i)
        pairs.add(value[i - 1], value[i]);
    return pairs.surpriseLessThan(isMixed(value) ? kMixedSurprise : kNaturalSurprise);
}

bool isMadeOfWords(std::string_view value)
{
    if (const auto known = knownAtOnce(value))
        return *known;
    // What is left of it has no copy.
    size_t unread = 0;
    Pairs pairs;
    bool isBehindWord = true;
    for (size_t at = 0; at < value.size();) {
        const std::string_view rest = value.substr(at);
        const size_t word = std::max(wordAt(rest, model().words, kShortestWord), wordAt(rest, kShortWords, 2));
        const bool isLeft = word == 0;
        if (isLeft && !isBehindWord)
            pairs.add(value[at - 1], value[at]);
        unread += isLeft && isWordByte(value[at]) ? 1 : 0;
        isBehindWord = !isLeft;
        at += std::max<size_t>(word, 1);
    }
    return unread < kFewestUnread ||
           (kPairsPerChange * pairs.changes < pairs.count && pairs.surpriseLessThan(kNaturalSurprise));
}

} // namespace cockpit
