using System.Text;
using Ascent.Cli;

// Names of schools and people come in every script.
Console.OutputEncoding = Encoding.UTF8;
return await new CommandLine(Terminal.OfProcess(), Environment.GetEnvironmentVariable).RunAsync(args, CancellationToken.None);
