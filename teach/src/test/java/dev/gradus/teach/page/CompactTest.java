package dev.gradus.teach.page;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

/// What is left out of scripts and style sheets.
class CompactTest {
  @Test
  void spacesAndCommentsGo() {
    assertEquals("const a=b+c\n", Compact.script("  const a = b + c // sum\n"));
    assertEquals("f(x=>x-1)\ng()\n", Compact.script("/* two\n lines */f( x => x - 1 )\n\n  g()"));
    assertEquals("p{margin:0 1px;color:red}.a .b>c{x:calc(1px + 2px)}\n", Compact.style("/* c */\np { margin: 0 1px; color: red }\n.a .b>c { x: calc(1px + 2px) }"));
  }

  @Test
  void whatMeansSomethingStays() {
    String script = "return x in y\na- -b+ +c\ns='a  // b'+\"  '\"+`${ x }  ;`\nr=t.split(/[/ ']+ \\/ /)\nreturn/ a/\nq=a/b/c\n";
    assertEquals(script, Compact.script("return  x in y\na - -b + +c\ns = 'a  // b' + \"  '\" + `${ x }  ;`\nr = t.split(/[/ ']+ \\/ /)\nreturn / a/\nq = a / b / c\n").replace("\n\n", "\n"));
  }
}
