// What `oddity replay` makes of files that were put together of others: headers, units, series and rows that do not belong
// together are read as what they are, or said.
#include <fmt/format.h>
#include <gmock/gmock.h>

#include "files.hpp"

namespace oddity::test {
namespace {

using testing::HasSubstr;
using testing::Not;

constexpr std::int64_t of_2024 = 1'709'280'000;  // s
constexpr const char* each_minute = " --field x --period 1m --size 10 --alpha 0.001";

/// "m,TAGS x=20 TIME" a minute, TIME in the unit that has so many in a second.
std::string minutes(const std::string& tags, std::int64_t a_second, int begin, int end) {
  std::string lp;
  for (int i = begin; i < end; ++i)
    lp += fmt::format("m{} x={} {}\n", tags, 20 + i % 3, (of_2024 + 60 * i) * a_second);
  return lp;
}

constexpr std::int64_t ns = 1'000'000'000, us = 1'000'000;

TEST_F(Files, ASecondHeaderThatNamesTheTimeOtherwiseHoldsForWhatFollows) {
  std::string csv = "time,x,humidity\n";
  for (int i = 0; i < 20; ++i) csv += fmt::format("{},{},55\n", i, 20 + i % 3);
  csv += "timestamp,humidity,x\n";
  for (int i = 20; i < 40; ++i) csv += fmt::format("{},55,{}\n", i, 20 + i % 3);
  const Finished done = run("replay " + write("joined.csv", csv) + each_second);
  EXPECT_THAT(done.errors, HasSubstr("0 lines could not be read"));
  for (const auto& line : lines(done.out)) EXPECT_LT(line["fields"]["observed"].get<double>(), 23);
  EXPECT_EQ(lines(done.out).size(), 37u);
}

TEST_F(Files, TimesOfAnotherUnitWithinAFileAreSaid) {
  const Finished groups =
      run("replay " + write("groups.lp", minutes(",h=a", ns, 0, 40) + minutes(",h=b", us, 0, 40)) +
          each_minute + " --group-by h");
  EXPECT_THAT(groups.errors,
              HasSubstr("groups.lp:41: its time is 1970-01-20T18:48:00Z; 40 of 80 times are so "
                        "far from the others: is their unit another? us would make it "
                        "2024-03-01T08:00:00Z"));
  EXPECT_THAT(groups.errors, HasSubstr("1 of 2 groups: no window was finished"));
  const Finished half =
      run("replay " + write("half.lp", minutes("", ns, 0, 40) + minutes("", us, 40, 80)) + each_minute);
  EXPECT_THAT(half.errors, HasSubstr("40 of 80 times are so far from the others"));
  const Finished none = run("replay " + write("none.lp", minutes("", ns, 0, 40)) + each_minute);
  EXPECT_THAT(none.errors, Not(HasSubstr("far from")));
}

TEST_F(Files, SeveralRowsFarFromAllOthersAreNamedAsOneIs) {
  std::string lp = minutes("", ns, 0, 40);
  for (int i = 0; i < 3; ++i) lp += fmt::format("m x=20 {}\n", (of_2024 + 1'000'000'000 + i) * ns);
  EXPECT_THAT(
      run("replay " + write("far.lp", lp) + each_minute).errors,
      HasSubstr("far.lp:41: its time, 2055-11-08T09:46:40Z, as that of 2 more, lies far from all others "
                "of its group"));
}

TEST_F(Files, RowsWithoutTheTagOfTheirGroupAreCounted) {
  std::string csv = "time,host,x\n";
  for (int i = 0; i < 40; ++i) csv += fmt::format("{},{},{}\n", i, i % 20 == 0 ? "a" : "", i % 3);
  const std::string input = write("sparse.csv", csv);
  EXPECT_THAT(run("replay " + input + each_second + " --group-by host").errors,
              HasSubstr("38 points lack the tag 'host' of --group-by (first " + input +
                        ":3): they are judged as a group of their own"));
  EXPECT_THAT(run("replay " + input + each_second + " --group-by '*' --tag-column host").errors,
              Not(HasSubstr("lack the tag")));
}

TEST_F(Files, OfSeveralGroupsThatLackATagTheFirstRowIsNamed) {
  std::string lp = "m,rack=1,host=a x=1 0\n";
  for (int i = 1; i < 40; ++i) lp += fmt::format("m,rack={} x={} {}\n", i % 2 == 1 ? 2 : 1, i % 3, i);
  const std::string input = write("racks.lp", lp);
  EXPECT_THAT(run("replay " + input + each_second + " --group-by rack --group-by host").errors,
              HasSubstr("39 points lack the tag 'host' of --group-by (first " + input + ":2)"));
}

TEST_F(Files, OfEachInputItsOwnFormatIsAsked) {
  const std::string good = write("good.lp", minutes("", ns, 0, 40));
  const std::string options = each_minute;
  const Finished done = run("replay " + write("a.lp", "time,x\n1,2\n") + " " +
                            write("b.lp", "# HELP x y\nx{a=\"b\"} 1\n") + " " + good + options);
  EXPECT_THAT(done.errors, HasSubstr("a.lp:1: this looks like the header of a CSV"));
  EXPECT_THAT(done.errors, HasSubstr("b.lp:2: this looks like Prometheus' text"));
}

TEST_F(Files, RowsOfOneTimeAreSaidWhereTheyShareAWindow) {
  std::string lp;
  for (int i = 0; i < 40; ++i) lp += fmt::format("m x={0} {1}\nm x={0} {1}\n", i % 3, i);
  const std::string input = write("twice.lp", lp);
  EXPECT_THAT(run("replay " + input + each_second).errors,
              HasSubstr("40 points have the time of another in the same group (first " + input + ":2 as " +
                        input + ":1); all were judged"));
  const Finished each = run("replay " + input + " --each --precision s --field x --size 10 --alpha 0.001");
  EXPECT_THAT(each.errors, Not(HasSubstr("have the time of another in the same group")));
  EXPECT_THAT(each.errors, HasSubstr("40 points with the time of the one before in the same group"));
}

TEST_F(Files, FieldsOnLinesOfTheirOwnAreOneRow) {
  std::string lp;
  for (int i = 0; i < 40; ++i) lp += fmt::format("m x={0} {1}\nm y={0} {1}\n", i % 3, i);
  const std::string input = write("fields.lp", lp);
  for (const char* mode : {" --each", " --period 1s"}) {
    const Finished done =
        run("replay " + input + mode + " --precision s --field x --field y --size 10 --alpha 0.001");
    EXPECT_THAT(done.errors, Not(HasSubstr("time of"))) << mode;
    EXPECT_EQ(done.exit_code, 0);
  }
}

TEST_F(Files, AColumnThatMayBeTheTimeAndIsNotTakenIsSaid) {
  std::string csv = "date,ts,x\n";
  for (int i = 0; i < 48; ++i)
    csv += fmt::format("2024-03-0{},{},{}\n", 1 + i / 24, of_2024 + 3600 * i, i % 3);
  const std::string input = write("two.csv", csv);
  const Finished done =
      run("replay " + input + " --precision s --field x --period 1h --size 10 --alpha 0.001");
  EXPECT_THAT(done.errors, HasSubstr("the time is taken from 'date', and not from 'ts'"));
  EXPECT_THAT(done.errors, HasSubstr("46 points have the time of another in the same group"));
}

TEST_F(Files, SeveralResultsOfAQueryOfInfluxDbAreSeveralSeries) {
  std::string csv;
  for (const char* name : {"mean", "max"}) {
    csv += fmt::format(
        "#datatype,string,long,dateTime:RFC3339,double,string,string\n"
        "#group,false,false,false,false,true,true\n#default,{},,,,,\n"
        ",result,table,_time,_value,_field,_measurement\n",
        name);
    for (int i = 10; i < 50; ++i)
      csv += fmt::format(",,0,2024-03-01T09:{}:00Z,{},x,m\n", i,
                         (*name == 'm' && name[1] == 'e' ? 1 : 90) + i % 3);
    csv += "\n";
  }
  const std::string input = write("yields.csv", csv);
  EXPECT_THAT(
      run("replay " + input + each_minute).errors,
      HasSubstr("points that differ in tag 'result' ('mean' and 'max') in one group, the only group, are "
                "judged as one series; --group-by result keeps them apart"));
  const Finished apart = run("replay " + input + each_minute + " --group-by result");
  EXPECT_THAT(apart.errors, HasSubstr("windows in 2 groups"));
}

TEST_F(Files, SensorsOfOneFileWhoseTimesAreNeverTheSameAreSaid) {
  std::string csv = "entity_id,room,state,last_changed\n";  // as Home Assistant exports a history
  for (const char* sensor : {"sensor.hall", "sensor.attic"})
    for (int i = 0; i < 40; ++i) csv += fmt::format("{0},{0},{1},{2}\n", sensor, 20 + i % 3, csv.size());
  const std::string input = write("history.csv", csv);
  const std::string options =
      " --precision s --period 1s --field state --size 10 --alpha 0.001 --time-column last_changed";
  EXPECT_THAT(run("replay " + input + options).errors,
              HasSubstr("column 'entity_id' has 2 values ('sensor.hall', 'sensor.attic') and was not used"));
  EXPECT_THAT(run("replay " + input + options + " --group-by entity_id").errors, Not(HasSubstr("not used")));
}

TEST_F(Files, AFileWithoutARowIsNamedBesideOthers) {
  const std::string rows = write("rows.lp", series("a", 1, 0, 30));
  const std::string empty = write("empty.lp", ""), header = write("header.csv", "time,x\n");
  EXPECT_THAT(run("replay " + rows + " " + empty + " " + header + each_second).errors,
              HasSubstr("no row in " + empty + ", " + header));
  EXPECT_THAT(run("replay " + rows + each_second).errors, Not(HasSubstr("no row in")));
}

TEST_F(Files, APackingThatIsNotReadIsNamed) {
  const std::string rows = write("rows.lp", series("a", 1, 0, 30));
  ASSERT_EQ(
      std::system(("xz -k '" + rows + "' && gzip -c '" + rows + "' | gzip -c > '" + path("twice.lp.gz") +
                   "' && tar -cf '" + path("rows.tar") + "' -C '" + path("") + "' rows.lp")
                      .c_str()),
      0);
  EXPECT_THAT(run("replay " + rows + ".xz" + each_second).errors,
              HasSubstr("rows.lp.xz:1: this is packed with xz, which is not read: xz -dc unpacks it"));
  EXPECT_THAT(run("replay " + path("twice.lp.gz") + each_second).errors, HasSubstr("this is packed twice"));
  EXPECT_THAT(run("replay " + path("rows.tar") + each_second).errors, HasSubstr("this is a tar archive"));
  const Finished json = run("replay " + write("rows.csv", "[{\"time\": 1, \"x\": 2}]\n") + each_second);
  EXPECT_THAT(json.errors, HasSubstr("rows.csv:1: this looks like JSON"));
}

TEST_F(Files, LinesThatEndWithACarriageReturnAloneAreSaidToBeOne) {
  EXPECT_THAT(run("replay " + write("mac.lp", "m x=1 1\rm x=2 2\rm x=3 3\r") + each_second).errors,
              HasSubstr("mac.lp:1: its lines end with a carriage return alone"));
  EXPECT_THAT(run("replay " + write("mac.csv", "time,x\r1,2\r2,3\r") + each_second).errors,
              HasSubstr("mac.csv:1: its lines end with a carriage return alone"));
  EXPECT_THAT(run("replay " + write("dos.lp", "m x=1 1\r\nm x=2 2\r\n") + each_second).errors,
              Not(HasSubstr("carriage return")));
}

TEST_F(Files, AQueryThatFailedIsSaid) {
  const std::string table =
      "#datatype,string,long,dateTime:RFC3339,double,string,string\n"
      "#group,false,false,false,false,true,true\n#default,,,,,,\n"
      ",result,table,_time,_value,_field,_measurement\n"
      ",,0,2024-03-01T09:10:00Z,1,x,m\n";
  const std::string input =
      write("failed.csv", table +
                              "\n#datatype,string,string\n#group,true,true\n#default,,\n,error,reference\n"
                              ",memory allocation limit reached,897\n");
  EXPECT_THAT(run("replay " + input + each_minute).errors,
              HasSubstr(input + ":11: the query failed: 'memory allocation limit reached'"));
}

TEST_F(Files, AFolderOfDetectorsThatIsNotThereIsAMistake) {
  const std::string rows = write("rows.lp", series("a", 1, 0, 30));
  for (const std::string& verb : {"replay " + rows + each_second, std::string("plugin list")}) {
    const Finished done = run(verb + " --plugins " + path("nope"));
    EXPECT_EQ(done.exit_code, 2) << verb;
    EXPECT_THAT(done.errors, HasSubstr("nope")) << verb;
  }
}

}  // namespace
}  // namespace oddity::test
