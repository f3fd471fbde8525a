using System.CommandLine;
using CxSurveys.Benchmarks;
using CxSurveys.Benchmarks.Faults;
using CxSurveys.Benchmarks.Flood;
using CxSurveys.Benchmarks.Import;
using CxSurveys.Benchmarks.Intake;
using CxSurveys.Benchmarks.Pages;

var megabytes = new Option<int>("--size-mb") { DefaultValueFactory = _ => 500, Description = "Size of the large file in MB (10^6 bytes)." };
var memory = new Command("import-memory", "Import a file of 5 MB and a large one: the app's peak memory may differ by at most 100 MB.") { megabytes };
memory.SetAction((parsed, ct) => ImportMemory.RunAsync(parsed.GetValue(megabytes), ct));

var rounds = new Option<int>("--rounds") { DefaultValueFactory = _ => 3, Description = "How often; the medians are told." };
var start = new Command("start", "Start on an empty data folder and again on the same: the second start takes less than 5 s.") { rounds };
start.SetAction((parsed, ct) => StartTimes.RunAsync(parsed.GetValue(rounds), ct));

var isLong = new Option<bool>("--long") { Description = "200 kills of the app and 200 of the database, the table locked for a minute." };
var seeded = new Option<bool>("--seeded") { Description = "Build the app with one durability fault after the other: each must be found." };
var faults = new Command("faults", "Kill the app and its database under 50 senders, cut, lock and fill up: what was acknowledged is stored, once.") { isLong, seeded };
faults.SetAction((parsed, ct) => parsed.GetValue(seeded) ? SeededFaults.RunAsync(ct) : FaultRun.RunAsync(parsed.GetValue(isLong), ct));

var answers = new Option<int>("--answers") { DefaultValueFactory = _ => 200_000, Description = "How many answers the year has." };
var times = new Option<int>("--times") { DefaultValueFactory = _ => 100, Description = "How often each page is loaded." };
var journey = new Command("journey", "Load the journey page and those of a stage and a touchpoint, 20 touchpoints over 12 months: in less than 300 ms.") { answers, times };
journey.SetAction((parsed, ct) => JourneyPages.RunAsync(parsed.GetValue(answers), parsed.GetValue(times), ct));

var sizes = new Option<int[]>("--answers") { DefaultValueFactory = _ => [100_000, 1_000_000, 10_000_000], AllowMultipleArgumentsPerToken = true, Description = "How many answers are stored, ascending." };
var readings = new Option<int>("--times") { DefaultValueFactory = _ => 40, Description = "How often each is read." };
var keep = new Option<string?>("--keep") { Description = "A folder that what is stored stays in; the next run with it begins there." };
var only = new Option<string?>("--only") { Description = "Only those whose name contains this." };
var dashboards = new Command("dashboards", "Scores, pages and lists over ever more answers in the same cells.") { sizes, readings, keep, only };
dashboards.SetAction((parsed, ct) => Dashboards.RunAsync(parsed.GetValue(sizes)!, parsed.GetValue(readings), parsed.GetValue(keep), parsed.GetValue(only), ct));

var responses = new Option<int>("--responses") { DefaultValueFactory = _ => 1_000_000, Description = "How many responses are stored." };
var export = new Command("export", "Export them all, as CSV and as XLSX: less than 50 MB of memory more than a week of them.") { responses };
export.SetAction((parsed, ct) => ExportMemory.RunAsync(parsed.GetValue(responses), ct));

var seconds = new Option<int>("--seconds") { DefaultValueFactory = _ => 8, Description = "How long each of a round takes." };
var other = new Option<string?>("--app") { Description = "The project folder of another build of the app, to measure that one." };
var intake = new Command("intake", "Responses of two answers a second, beside pgbench, plain EF Core and a request that does nothing.") { rounds, seconds, other };
intake.SetAction((parsed, ct) => IntakeSpeed.RunAsync(parsed.GetValue(rounds), parsed.GetValue(seconds), parsed.GetValue(other), ct));

var stored = new Option<int>("--answers") { DefaultValueFactory = _ => 1_000_000, Description = "How many answers are stored in the end." };
var hot = new Command("hot", "The same touchpoint, segment and day hit by everyone, beside answers that spread: rate, dead rows and size of the tables.") { rounds, seconds, stored, other };
hot.SetAction((parsed, ct) => HotCells.RunAsync(parsed.GetValue(rounds), parsed.GetValue(seconds), parsed.GetValue(stored), parsed.GetValue(other), ct));

var mixed = new Command("mixed", "70 % of the peak while pages are read and an export runs, then three times the peak.") { seconds };
mixed.SetAction((parsed, ct) => MixedLoad.RunAsync(parsed.GetValue(seconds), ct));

var known = new Option<int>("--people") { DefaultValueFactory = _ => 1_000_000, Description = "How many people are known in the second round." };
var dueNow = new Option<int>("--due") { DefaultValueFactory = _ => 100_000, Description = "How many of them are to be asked now." };
var scheduler = new Command("scheduler", "Decide what is due, among few people and among many: the tick stays under a second and costs what is due.") { known, dueNow };
scheduler.SetAction((parsed, ct) => Scheduler.RunAsync(parsed.GetValue(dueNow), parsed.GetValue(known), ct));

var imported = new Option<int>("--responses") { DefaultValueFactory = _ => 200_000, Description = "How many responses a file has." };
var kills = new Option<int>("--kills") { DefaultValueFactory = _ => 5, Description = "How often the app is killed in the middle of an import." };
var import = new Command("import", "Responses of two answers a second through the import, beside COPY of the same rows; and the app killed in the middle.") { rounds, imported, kills };
import.SetAction((parsed, ct) => ImportSpeed.RunAsync(parsed.GetValue(rounds), parsed.GetValue(imported), parsed.GetValue(kills), ct));

var richSizes = new Option<int[]>("--responses") { DefaultValueFactory = _ => [100_000, 300_000, 1_000_000], AllowMultipleArgumentsPerToken = true, Description = "How many responses are stored, ascending." };
var rich = new Command("rich", "Scores by one of many attributes, nearly each response with a combination of its own.") { richSizes, readings, keep };
rich.SetAction((parsed, ct) => RichAttributes.RunAsync(parsed.GetValue(richSizes)!, parsed.GetValue(readings), parsed.GetValue(keep), ct));

var floodLong = new Option<bool>("--long") { Description = "10,000 people inside 100,000 scripted answers, in 12 minutes." };
var flood = new Command("flood", "People answer an open link while scripts flood it ten times as often: which answers are counted.") { floodLong };
flood.SetAction((parsed, ct) => FloodRun.RunAsync(parsed.GetValue(floodLong), ct));

var pages = new Command("pages", "Requests and bytes of each page that a customer meets: HTML and CSS less than 14 kB compressed.");
pages.SetAction((_, ct) => PageWeight.RunAsync(ct));

var plainUrl = new Option<string>("--url") { Required = true };
var plainServer = new Command(PlainServer.Verb, "What the intake is measured against.") { plainUrl };
plainServer.Hidden = true;
plainServer.SetAction((parsed, ct) => PlainServer.ServeAsync(parsed.GetValue(plainUrl)!, ct));

return await new RootCommand("Measures the built app as a process of its own, with its embedded PostgreSQL and a data folder for the occasion.") { memory, start, faults, journey, dashboards, export, intake, hot, mixed, import, rich, scheduler, flood, pages, plainServer }
    .Parse(args).InvokeAsync();
