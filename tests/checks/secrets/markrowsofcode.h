// Lines with a remark, in one language after the other: of programs.
#pragma once

#include "tests/checks/secrets/markrows.h"

#include <vector>

namespace cockpit::test {

inline std::vector<MarkRow> rowsOfScripts()
{
    return {
        {"a comment", "a.js", "const k = 'KEY'; // MARK\n", "counts"},
        {"a comment in a line", "a.ts", "const k = 'KEY' /* MARK */ + 1\n", "counts"},
        {"a text", "a.js", "const k = 'KEY' + '// MARK'\n", "text"},
        {"a text behind a keyword", "a.js", "k('KEY'); return'// MARK'\n", "text"},
        {"a text behind a keyword, with a quote after", "a.js", "k('KEY'); return'// MARK';a='b'\n", "text"},
        {"a template", "a.js", "k('KEY', `// MARK`)\n", "text"},
        {"a template over lines", "a.js", "const t = `\n KEY // MARK\n`\n", "text"},
        {"a hole of a template", "a.js", "const t = `a ${\n f('KEY') // MARK\n} b`\n", "counts"},
        {"behind a template in a template", "a.js", "const t = `a ${`b`} KEY // MARK\n`\n", "text"},
        {"a regular expression", "a.js", "f('KEY'); x = /[/]/ /* MARK */\n", "counts"},
        {"in a regular expression", "a.js", "f('KEY', /[/]/, /[//] \\/\\/ MARK/)\n", "text"},
        {"in one behind a keyword", "a.js", "f('KEY'); return/[//] MARK/.test(x)\n", "text"},
        {"in one behind a condition", "a.js", "f('KEY'); if (x) /[//] MARK/.test(x)\n", "text"},
        {"behind a division", "a.js", "f('KEY'); x = (a + b) / 2 // MARK\n", "counts"},
        {"behind two divisions", "a.js", "f('KEY'); x = a / b / 2 // MARK\n", "counts"},
        {"behind a brace and a slash", "a.js", "f('KEY'); x = {} /2// MARK\n", "undecided"},
        {"a quote in a regular expression", "a.js", "f('KEY'); x = /['\"]/.test(y) // MARK\n", "counts"},
        {"text between tags", "a.jsx", "return <p>\n KEY // MARK\n</p>\n", "undecided"},
        {"text between tags in a line", "a.tsx", "return <p>KEY // MARK</p>\n", "undecided"},
        {"a comment over lines", "a.js", "/*\n * KEY MARK\n */\n", "counts"},
        {"behind a comment over lines", "a.js", "/*\n * x */ 'KEY' + y(MARK)\n", "code"},
        {"a line that goes on", "a.js", "x = 'a \\\n KEY // MARK'\n", "text"},
        {"a hash", "a.js", "const k = 'KEY'; # MARK\n", "code"},
        {"a comment", "a.py", "k = 'KEY'  # MARK\n", "counts"},
        {"a formatted text", "a.py", "k = f('KEY'); m = f'# MARK'\n", "text"},
        {"a formatted text, alone", "a.py", "m = f'KEY # MARK'\n", "text"},
        {"a raw text", "a.py", "m = rb'KEY # MARK'\n", "text"},
        {"in the hole of a formatted text", "a.py", "m = f\"{d[\"KEY\"]} # MARK\"\n", "text"},
        {"behind braces that are doubled", "a.py", "m = f'{{KEY}}'  # MARK\n", "counts"},
        {"a text of three quotes", "a.py", "m = '''\nKEY # MARK\n'''\n", "text"},
        {"behind a text of three quotes", "a.py", "m = '''\nit's\n'''\nk = 'KEY' # MARK\n", "counts"},
        {"slashes", "a.py", "k = 'KEY' // MARK\n", "code"},
        {"a comment", "a.rb", "k = 'KEY' # MARK\n", "counts"},
        {"a hole", "a.rb", "k = \"KEY #{x} # MARK\"\n", "text"},
        {"a percent text", "a.rb", "k = %q(KEY # MARK)\n", "text"},
        {"behind a list of words", "a.rb", "w = %w[a b]\nk = 'KEY' # MARK\n", "counts"},
        {"a here-document", "a.rb", "k = <<~SQL\n KEY # MARK\nSQL\n", "text"},
        {"behind a here-document", "a.rb", "k = <<~SQL\n it's\nSQL\nk = 'KEY' # MARK\n", "counts"},
        {"its word with hyphens", "a.rb", "k = <<~'A-B'.strip\n A\n KEY # MARK\nA-B\n", "text"},
        {"behind a word with hyphens", "a.rb", "k = <<~'A-B'.strip\n it's\nA-B\nk = 'KEY' # MARK\n", "counts"},
        {"a text that is added", "a.rb", "s<<\"\\n it\"\nk = 'KEY' # MARK\n", "counts"},
        {"a text that is added or a here-document", "a.rb", "s <<'A-B'\nA\nKEY # MARK\nA-B\n", "undecided"},
        {"a regular expression", "a.rb", "k 'KEY'; x =~ /a # MARK/\n", "text"},
        {"an argument or a division", "a.rb", "k 'KEY'; puts /a # MARK/\n", "undecided"},
        {"a comment", "a.pl", "my $k = 'KEY'; # MARK\n", "counts"},
        {"a here-document's word with hyphens", "a.pl", "print <<'A-B';\nA\nKEY # MARK\nA-B\n", "text"},
        {"an empty word of a here-document", "a.pl", "print <<\"\";\nKEY # MARK\n\n", "text"},
        {"a quoting word", "a.pl", "my $k = q{KEY # MARK};\n", "text"},
        {"a substitution", "a.pl", "$x = 'KEY'; s{a}{b # MARK};\n", "undecided"},
        {"a sigil", "a.ex", "k = ~s(KEY # MARK)\n", "text"},
        {"a comment", "a.exs", "k = \"KEY\" # MARK\n", "counts"},
        {"a comment", "a.php", "<?php $k = 'KEY'; // MARK\n", "counts"},
        {"a comment with a hash", "a.php", "<?php $k = 'KEY'; # MARK\n", "counts"},
        {"the page around it", "a.php", "<p>KEY // MARK</p><?php f(); ?>\n", "code"},
        {"a here-document", "a.php", "<?php $k = <<<EOT\nKEY // MARK\nEOT;\n", "text"},
        {"a text", "a.php", "<?php $k = \"KEY # MARK\";\n", "text"},
        {"a comment", "a.lua", "k = 'KEY' -- MARK\n", "counts"},
        {"a comment without a blank", "a.lua", "k = 'KEY' --MARK\n", "counts"},
        {"a long text", "a.lua", "k = [==[\nKEY -- MARK\n]==]\n", "text"},
        {"a long comment", "a.lua", "--[[\nKEY MARK\n]]\n", "counts"},
    };
}

inline std::vector<MarkRow> rowsOfCompiled()
{
    return {
        {"a comment", "a.c", "char *k = \"KEY\"; /* MARK */\n", "counts"},
        {"a text", "a.cpp", "auto k = \"KEY // MARK\";\n", "text"},
        {"a raw text", "a.cpp", "auto k = R\"x(\n\" KEY // MARK\n)x\";\n", "text"},
        {"behind digits with marks between", "a.cpp", "int n = 1'000; f(\"KEY\"); // MARK isn't\n", "counts"},
        {"a lifetime", "a.rs", "fn f<'a>(x: &'a str) { g(\"KEY\") } // MARK\n", "counts"},
        {"a text behind a lifetime", "a.rs", "fn f<'a>(x: &'a str) { g(\"KEY\", \"'// MARK\") }\n", "text"},
        {"a raw text", "a.rs", "let k = r#\"KEY \" // MARK\"#;\n", "text"},
        {"a comment in a comment", "a.rs", "/* /* */ KEY MARK */\n", "counts"},
        {"a raw text", "a.go", "k := `\nKEY // MARK\n`\n", "text"},
        {"a comment", "a.go", "k := \"KEY\" // MARK\n", "counts"},
        {"a comment", "A.java", "String k = \"KEY\"; // MARK\n", "counts"},
        {"a text of three quotes", "A.kt", "val k = \"\"\"\nKEY // MARK\n\"\"\"\n", "text"},
        {"a hole", "a.swift", "k(\"KEY \\(d[\"// MARK\"])\")\n", "text"},
        {"a comment", "a.swift", "let k = \"KEY\" // MARK\n", "counts"},
        {"a comment", "A.cs", "var k = \"KEY\"; // MARK\n", "counts"},
        {"a text as it is", "A.cs", "var k = @\"KEY \\\"; // MARK\n", "counts"},
        {"a text with holes", "A.cs", "var k = $\"{f(\"KEY\")} // MARK\";\n", "text"},
        {"a comment", "a.hs", "k = \"KEY\" -- MARK\n", "counts"},
        {"a comment in braces", "a.hs", "k = \"KEY\" {- MARK -}\n", "counts"},
        {"an operator", "a.hs", "k = \"KEY\" --> MARK\n", "code"},
        {"a name with a mark", "a.hs", "k' = f' \"KEY\" -- MARK\n", "counts"},
        {"a list that looks like a quotation", "a.hs", "l = [x|x<-k \"KEY\"] -- MARK\n", "counts"},
        {"a quotation", "a.hs", "k = [r|KEY -- MARK|]\n", "text"},
        {"a comment", "a.vb", "Dim k = \"KEY\" ' MARK\n", "counts"},
        {"a comment by its word", "a.vbs", "REM KEY MARK\n", "counts"},
        {"a text", "a.vb", "Dim k = \"KEY ' MARK\"\n", "text"},
        {"slashes", "a.vb", "Dim k = \"KEY\" // MARK\n", "code"},
        {"a comment", "a.erl", "K = \"KEY\", % MARK\n", "counts"},
        {"a text", "a.erl", "K = \"KEY % MARK\",\n", "text"},
        {"a character", "a.erl", "K = {\"KEY\", $\"}, % MARK\n", "counts"},
        {"a comment", "a.clj", "(def k \"KEY\") ; MARK\n", "counts"},
        {"a text", "a.clj", "(def k \"KEY ; MARK\")\n", "text"},
    };
}

} // namespace cockpit::test
