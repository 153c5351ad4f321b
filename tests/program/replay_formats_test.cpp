// Formats as people have them, through `oddity replay`.
#include <fmt/format.h>

#include <algorithm>

#include "files.hpp"

namespace oddity::test {
namespace {

/// Thirty seconds from a time on, each as `row` writes it, read by these options: as their times and values.
class Formats : public Files {
 protected:
  std::string ends(const std::string& file, const std::string& text, const std::string& options = "",
                   const std::string& period = "1s") {
    const Finished done =
        run("replay " + write(file, text) + " --precision s --field x --size 10 --alpha 0.001 --period " +
            period + options);
    EXPECT_EQ(done.exit_code, 0) << done.errors;
    errors = done.errors;
    std::string all;
    for (const auto& line : lines(done.out))
      all += line["time"].get<std::string>() + " " + line["fields"]["observed"].dump() + "\n";
    return all;
  }
  template <class Row>
  static std::string table(const std::string& header, const Row& row) {
    std::string text = header + "\n";
    for (int i = 0; i < 30; ++i) text += row(i) + "\n";
    return text;
  }
  /// Of 2024-01-01T00:00:00Z and the seconds after it.
  std::string expected() {
    return ends("expected.lp", table("", [](int i) {
                  return "m x=" + std::to_string(i % 3) + ".5 " + std::to_string(1'704'067'200 + i);
                }));
  }
  static std::string two(int number) { return (number < 10 ? "0" : "") + std::to_string(number); }
  std::string errors;
};

TEST_F(Formats, OfTimes) {
  const std::string same = expected();
  for (const auto& around : std::vector<std::pair<std::string, std::string>>{{"2024-01-01T00:00:", "Z"},
                                                                             {"2024-01-01 00:00:", ""},
                                                                             {"2024-01-01 00:00:", " UTC"},
                                                                             {"2024-01-01 00:00:", "+00"},
                                                                             {"2024-01-01T02:00:", "+0200"},
                                                                             {"2024-01-01T02:00:", "+02:00"},
                                                                             {"2024/01/01 00:00:", ""},
                                                                             {"01.01.2024 00:00:", ""},
                                                                             {"2024-01-01 00:00:", ".000"},
                                                                             {"17040672", ".0"}}) {
    const bool epoch = around.first == "17040672";
    EXPECT_EQ(ends("t.csv", table("time,x",
                                  [&](int i) {
                                    return fmt::format("{}{}{},{}.5", around.first, two(i), around.second,
                                                       i % 3);
                                  })),
              same)
        << around.first << around.second << (epoch ? " epoch" : "") << errors;
  }
}

/// What is annotated in one file says nothing of those behind it.
TEST_F(Formats, OfTimesInNanosecondsByAnAnnotationCountForTheirFileAlone) {
  const auto seconds = [](int from, int until, const char* row) {
    std::string rows;
    for (int i = from; i < until; ++i) rows += fmt::format(fmt::runtime(row), 1'704'067'200 + i, i % 3);
    return rows;
  };
  const std::string annotated = write(
      "annotated.csv",
      "#datatype,string,dateTime:number,double\n#group,false,false,false\n#default,,,\n,result,_time,x\n" +
          seconds(0, 10, ",,{}000000000,{}.5\n"));
  const std::string plain = write("plain.csv", "time,x\n" + seconds(10, 20, "{},{}.5\n"));
  const std::string lp = seconds(20, 30, "m x={1}.5 {0}\n");
  EXPECT_EQ(ends("last.lp", lp, " " + annotated + " " + plain), expected()) << errors;
}

TEST_F(Formats, OfTimesWithoutSecondsAndDays) {
  std::string minutes = "time,x\n";
  std::string days = "time,x\n";
  for (int i = 0; i < 28; ++i) {
    minutes += "2024-01-01 00:" + two(i) + "," + std::to_string(i % 3) + "\n";
    days += "2024-01-" + two(i + 1) + "," + std::to_string(i % 3) + "\n";
  }
  EXPECT_TRUE(ends("m.csv", minutes, "", "1m").starts_with("2024-01-01T00:03:00Z"));
  EXPECT_TRUE(ends("d.csv", days, "", "24h").starts_with("2024-01-04T00:00:00Z"));
}

TEST_F(Formats, OfSpreadsheets) {
  const std::string same = expected();
  const auto with = [&](const std::string& header, char separator, char decimal) {
    return table(header, [&](int i) {
      return "2024-01-01 00:00:" + two(i) + separator + std::to_string(i % 3) + decimal + "5";
    });
  };
  EXPECT_EQ(ends("s.csv", with("time;x", ';', ',')), same);
  EXPECT_EQ(ends("s.csv", with("time\tx", '\t', '.')), same);
  EXPECT_EQ(ends("s.csv", with("\xef\xbb\xbfsep=;\r\ntime;x\r", ';', ',')), same);
  EXPECT_EQ(ends("s.csv", with("# of a logger\ntime,x", ',', '.')), same);
  EXPECT_EQ(ends("s.csv", with(",x", ',', '.')), same) << "pandas' index";
  EXPECT_NE(errors.find("the time is taken from the first column, which has no name"), std::string::npos);
}

TEST_F(Formats, LineProtocolMayBeginWithAByteOrderMark) {
  const std::string lp = table(
      "", [](int i) { return "m x=" + std::to_string(i % 3) + ".5 " + std::to_string(1'704'067'200 + i); });
  EXPECT_EQ(ends("bom.lp", "\xef\xbb\xbf" + lp.substr(1)), expected());
  EXPECT_NE(errors.find("; 0 lines could not be read"), std::string::npos) << errors;
}

TEST_F(Formats, OfInfluxDBsTables) {
  std::string text =
      "#group,false,false,false,false,true,true,true\r\n#datatype,string,long,dateTime:RFC3339,double,string,"
      "string,"
      "string\r\n#default,_result,,,,,,\r\n,result,table,_time,_value,_field,_measurement,host\r\n";
  for (int i = 0; i < 15; ++i)
    text += ",,0,2024-01-01T00:00:" + two(i) + "Z," + std::to_string(i % 3) + ".5,x,m,a\r\n";
  text +=
      "\r\n#group,false,false,true,true,true,false,false\r\n#datatype,string,long,string,string,string,"
      "double,"
      "dateTime:RFC3339\r\n#default,_result,,,,,,\r\n,result,table,host,_field,_measurement,_value,_time\r\n";
  for (int i = 15; i < 30; ++i)
    text += ",,1,a,x,m," + std::to_string(i % 3) + ".5,2024-01-01T00:00:" + two(i) + "Z\r\n" +
            ",,2,a,other,m,99,2024-01-01T00:00:" + two(i) + "Z\r\n";
  EXPECT_EQ(ends("influx.csv", text, " --group-by host --measurement m"), expected());
  EXPECT_NE(errors.find("15 rows of other fields"), std::string::npos) << errors;
  EXPECT_NE(errors.find("; 0 lines could not be read"), std::string::npos) << errors;
}

/// One file, and which of its two numbers is the month decides what is judged.
TEST_F(Formats, RowsOfOtherFieldsAreThoseOfAllFiles) {
  const auto table_of = [](const char* second) {
    return std::string(
               "#group,false,false,true\n#datatype,dateTime:RFC3339,double,string\n#default,,,\n,_time,_"
               "value,_field\n") +
           ",2024-01-01T00:00:0" + second + "Z,1,x\n,2024-01-01T00:00:0" + second + "Z,1,y\n";
  };
  const Finished done =
      run("replay " + write("one.csv", table_of("1")) + " " + write("two.csv", table_of("2")) + " " +
          write("three.csv", table_of("3")) + " --field x --size 9 --alpha 0.01 --period 1s");
  EXPECT_NE(done.errors.find("3 rows of other fields"), std::string::npos) << done.errors;
}

TEST_F(Formats, TimeFormatIsHowTimesAreWritten) {
  std::string csv = "time,x\n";
  for (int i = 0; i < 28; ++i) csv += "03/04/2024 11:" + two(i) + " PM," + std::to_string(i % 3) + "\n";
  EXPECT_TRUE(
      ends("f.csv", csv, " --time-format '%m/%d/%Y %I:%M %p'", "1m").starts_with("2024-03-04T23:03:00Z"));
  EXPECT_TRUE(
      ends("f.csv", csv, " --time-format '%d/%m/%Y %I:%M %p'", "1m").starts_with("2024-04-03T23:03:00Z"));
  EXPECT_TRUE(ends("f.csv", csv, " --time-format '%m/%d/%Y %I:%M %p' --timezone Europe/Paris", "1m")
                  .starts_with("2024-03-04T22:03:00Z"));
  EXPECT_NE(errors.find("; 0 lines could not be read"), std::string::npos) << errors;
}

/// Numbers, which are read by themselves where they are of --precision.
TEST_F(Formats, TimeFormatMayBeOfDigitsAlone) {
  const std::string csv =
      table("time,x", [](int i) { return "202401010000" + two(i) + "," + std::to_string(i % 3) + ".5"; });
  EXPECT_EQ(ends("f.csv", csv, " --time-format %Y%m%d%H%M%S"), expected());
  const Finished without =
      run("replay " + write("f.csv", csv) + " --field x --size 9 --alpha 0.01 --period 1s");
  EXPECT_NE(without.errors.find("Where 2024-01-01 00:00:00 is meant"), std::string::npos) << without.errors;
}

/// As a well-known set of a household's power has them.
TEST_F(Formats, DatesAndClocksMayStandInTwoColumns) {
  const auto file = [&](const std::string& header) {
    return table(header,
                 [](int i) { return "01/01/2024;00:00:" + two(i) + ";" + std::to_string(i % 3) + ".5"; });
  };
  EXPECT_EQ(ends("p.csv", file("Date;Time;x"), " --time-format '%d/%m/%Y %H:%M:%S'"), expected());
  EXPECT_NE(errors.find("p.csv:2: the time is taken from 'Date' and 'Time' together"), std::string::npos)
      << errors;
  EXPECT_EQ(ends("p.csv", file("Jour;Heure;x"),
                 " --time-column Jour --time-column Heure --time-format '%d/%m/%Y %H:%M:%S'"),
            expected());
}

TEST_F(Formats, TimesOfAnUnknownFormAreToldTheFormatThatReadsThem) {
  const std::string csv = write("f.csv", "time,x\n03/04/2024 11:05 PM,1\n13/04/2024 11:05 PM,2\n");
  const std::string options = " --field x --size 9 --alpha 0.01 --period 1m";
  const Finished done = run("replay " + csv + options);
  EXPECT_EQ(done.exit_code, 1);
  EXPECT_NE(done.errors.find("f.csv:2: expected a time, as "), std::string::npos) << done.errors;
  EXPECT_NE(done.errors.find("(is the day or the month first? --time-format '%d/%m/%Y %I:%M %p' or '%m/%d/%Y "
                             "%I:%M %p' reads it)"),
            std::string::npos)
      << done.errors;
  const Finished wrong = run("replay " + csv + options + " --time-format '%m/%d/%Y %I:%M %p'");
  EXPECT_NE(wrong.errors.find("f.csv:3: expected a time as '%m/%d/%Y %I:%M %p', as 11/28/2016 01:45 PM "
                              "(--time-format), got '13/04/2024 11:05 PM'"),
            std::string::npos)
      << wrong.errors;
}

TEST_F(Formats, ATimeFormatThatTellsNoDayIsAMistake) {
  const Finished done = run("replay - --field x --size 9 --alpha 0.01 --time-format %H:%M < /dev/null");
  EXPECT_EQ(done.exit_code, 2);
  EXPECT_NE(done.errors.find("option '--time-format': expected the signs of a year, a month and a day"),
            std::string::npos)
      << done.errors;
}

TEST_F(Formats, OptionsOfCsvAreSaidToBeOfNoUseWhereNoneIsRead) {
  const std::string rows = write("r.lp", "m x=1 1\nm x=2 2\n");
  const std::string options = " --field x --size 9 --alpha 0.01 --period 1s --precision s";
  for (const char* given :
       {"--time-format %d/%m/%Y", "--time-column t", "--tag-column h", "--timezone Europe/Paris"}) {
    const std::string name(given, std::string_view(given).find(' '));
    const Finished done = run("replay " + rows + options + " " + given);
    EXPECT_NE(done.errors.find("oddity: " + name + ": of use for CSV alone, and no input was read as CSV"),
              std::string::npos)
        << done.errors;
  }
  const std::string csv = write("r.csv", "time,x\n1,1\n2,2\n");
  EXPECT_EQ(
      run("replay " + rows + " " + csv + options + " --timezone Europe/Paris").errors.find("of use for CSV"),
      std::string::npos);
  EXPECT_EQ(run("replay " + rows + options).errors.find("of use for CSV"), std::string::npos);
}

TEST_F(Formats, LocalTimesHaveTheHourThatComesTwice) {
  std::string csv = "time,x\n";
  for (const char* hour : {"01", "02", "02", "03"}) {
    for (int i = 0; i < 60; i += 10) csv += std::string("2023-10-29 ") + hour + ":" + two(i) + ",1\n";
  }
  const std::string all = ends("l.csv", csv, " --timezone Europe/Paris", "10m");
  EXPECT_TRUE(all.starts_with("2023-10-28T23:30:00Z")) << all;
  EXPECT_TRUE(all.ends_with("2023-10-29T02:50:00Z 1.0\n")) << all;
  EXPECT_EQ(std::count(all.begin(), all.end(), '\n'), 21);
  EXPECT_NE(errors.find("12 times in an hour that comes twice in Europe/Paris"), std::string::npos) << errors;
}

/// As meters write it: the clock goes back by just half an hour from row to row.
TEST_F(Formats, HalfHoursOfTheHourThatComesTwiceAreFour) {
  write("half.csv",
        "time,x\n2024-10-27 01:30,1\n2024-10-27 02:00,2\n2024-10-27 02:30,1\n2024-10-27 02:00,2\n"
        "2024-10-27 02:30,1\n2024-10-27 03:00,2\n2024-10-27 03:30,1\n");
  const Finished done = run("replay " + path("half.csv") +
                            " --timezone Europe/Berlin --field x --size 9 --alpha 0.01 --period 30m");
  EXPECT_NE(done.errors.find("7 points, 6 windows"), std::string::npos) << done.errors;
}

/// The clock does not go back at all from row to row.
TEST_F(Formats, OfHoursTheOneThatComesTwiceIsTwo) {
  const std::vector<std::string> rows{"00:00,2", "01:00,1", "02:00,2", "02:00,1", "03:00,2", "04:00,1"};
  std::string oldest_first = "time,x\n", newest_first = oldest_first;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    oldest_first += "2024-10-27 " + rows[i] + "\n";
    newest_first += "2024-10-27 " + rows[rows.size() - 1 - i] + "\n";
  }
  for (const std::string& csv : {oldest_first, newest_first}) {
    const Finished done =
        run("replay " + write("hours.csv", csv) +
            " --timezone Europe/Berlin --field x --size 9 --alpha 0.01 --period 1h --every 1h --align");
    EXPECT_NE(done.errors.find("6 points, 5 windows"), std::string::npos) << done.errors;
  }
}

TEST_F(Formats, WhatIsNoLineProtocolIsNamedByItsFirstLine) {
  const std::string options = " --field load --size 10 --alpha 0.001 --precision s";
  const auto said = [&](const std::string& text, const std::string& also = "") {
    const Finished done = run("replay - " + options + also + " < " + write("any", text));
    EXPECT_EQ(done.exit_code, 1);
    const auto at = done.errors.find("stdin:1: this");
    EXPECT_LT(at, done.errors.find("stdin:1: expected")) << "before the lines are named: " << done.errors;
    return at == std::string::npos ? done.errors : done.errors.substr(at, done.errors.find('\n', at) - at);
  };
  const std::string csv = "stdin:1: this looks like the header of a CSV: --format csv reads it";
  EXPECT_EQ(said("time,host,load\n1,a,2\n"), csv);
  EXPECT_EQ(said("when;host;load\n1;a;2\n"), csv) << "by its field";
  EXPECT_EQ(said("when;value\n1;2\n", " --time-column when"), csv);
  EXPECT_EQ(said("{\"time\":1,\"load\":2}\n"),
            "stdin:1: this looks like JSON, which is not read: it has to become CSV or line protocol");
  EXPECT_EQ(
      said("load{host=\"a\"} 2 1709275260000\n"),
      "stdin:1: this looks like Prometheus' text, which is not read: it has to become CSV or line protocol");
  const Finished none = run("replay - " + options + " < " + write("any", "no line\ntime,load\n"));
  EXPECT_EQ(none.errors.find("this looks"), std::string::npos) << none.errors;
}

/// As the message says it, to the letter.
TEST_F(Formats, WhatStandsBeforeOtherBytesCanBeJudgedByTheCommandThatIsNamed) {
  const std::string plain = write("rows.csv", table("time,x", [](int i) {
                                    return std::to_string(1'704'067'200 + i) + "," + std::to_string(i % 3);
                                  }));
  const std::string packed = path("trail.csv.gz");
  ASSERT_EQ(
      std::system(("gzip -c '" + plain + "' > '" + packed + "' && echo trail >> '" + packed + "'").c_str()),
      0);
  const std::string options = " --precision s --field x --size 10 --alpha 0.001 --each";
  const Finished broken = run("replay " + packed + options);
  EXPECT_EQ(broken.exit_code, 1);
  const std::string before = "(to judge what stands before them, ", after = " and give that in its place)";
  const auto begin = broken.errors.find(before), end = broken.errors.find(after);
  ASSERT_NE(begin, std::string::npos) << broken.errors;
  ASSERT_NE(end, std::string::npos) << broken.errors;
  const std::string command = broken.errors.substr(begin + before.size(), end - begin - before.size());
  std::system((command + " 2> '" + path("warning") + "'").c_str());  // of the trail, with a status of its own
  const std::string given = command.substr(command.rfind("> ") + 2);
  EXPECT_EQ(run("replay " + given + options).out, run("replay " + plain + options).out);
}

TEST_F(Formats, AMarkThatMaySeparateThousandsIsAskedAbout) {
  const auto numbers = [](int i) {
    return "2024-01-01 00:00:" + two(i) + ";" + (i % 3 == 0 ? "1.012" : std::to_string(990 + i % 3));
  };
  ends("n.csv", table("time;x", numbers));
  EXPECT_NE(errors.find("'1.012' in 'x' is read as a number with decimals, beside '991' without"),
            std::string::npos)
      << errors;
}

TEST_F(Formats, TimesOfPeopleThatCannotBeReadAreToldWhatCan) {
  const Finished done =
      run("replay " + write("us.csv", "time,x\n03/01/2024 10:00,1\n") + " --field x --size 10 --alpha 0.001");
  EXPECT_EQ(done.exit_code, 1);
  EXPECT_NE(done.errors.find(
                "us.csv:2: expected a time, as 1454202300, 2016-01-31T01:05:00Z, 2016-01-31 01:05:00 or "
                "31.01.2016 01:05, got '03/01/2024 10:00' (is the day or the month first? "
                "--time-format '%d/%m/%Y %H:%M' or '%m/%d/%Y %H:%M' reads it)"),
            std::string::npos)
      << done.errors;
}

}  // namespace
}  // namespace oddity::test
