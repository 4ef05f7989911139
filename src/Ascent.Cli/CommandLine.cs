using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using Ascent.Cli.Accounts;
using Ascent.Cli.Audit;
using Ascent.Cli.Mail;
using Ascent.Cli.Organisations;
using Ascent.Cli.Persistence;
using Ascent.Cli.Reference;
using Ascent.Cli.SchoolData;
using Ascent.Cli.SetUp;

namespace Ascent.Cli;

/// <summary>The operator's commands. Each is thin: it reads what was typed, calls a use case, and says what came of it.</summary>
public sealed class CommandLine(Terminal terminal, Func<string, string?> environment)
{
    /// <returns>One of <see cref="ExitCode"/>.</returns>
    public async Task<int> RunAsync(IReadOnlyList<string> args, CancellationToken cancellationToken)
    {
        var parse = Root().Parse(args);
        if (parse.Action is ParseErrorAction)
        {
            foreach (var error in parse.Errors)
                terminal.Complain(error.Message);
            terminal.Complain($"`{Path(parse)} --help` says what can be typed here.");
            return ExitCode.Usage;
        }
        var invocation = new InvocationConfiguration { Output = terminal.Output, Error = terminal.Error, EnableDefaultExceptionHandler = false };
        return await parse.InvokeAsync(invocation, cancellationToken);
    }

    private Command Root()
    {
        var server = new Server(terminal, environment);
        // No RootCommand: it would go by the name of the program file.
        return new Command("ascent", "Runs an Ascent server: schools, administrators, database, mail, audit log.")
        {
            new HelpOption(),
            new VersionOption(),
            server.Data,
            new Command("schools", "The schools on this server")
            {
                LoadSchoolsCommand.Create(server),
                SchoolCommands.List(server),
                SchoolCommands.Show(server),
                SetPrimaryCommand.Create(server),
                SecondFactorCommand.Create(server),
                LimitsCommand.Create(server),
                ServicesCommand.Create(server),
                AddAdministratorCommand.Create(server),
                LockCommands.Lock(server),
                LockCommands.Unlock(server),
                ConvertCommand.Create(server),
                ConvertCommand.List(server),
            },
            new Command("bodies", "Local authorities and trusts, and what they reach in schools") { AddBodyAdministratorCommand.Create(server), AgreeReachCommand.Create(server) },
            SetUpCommand.Create(server),
            ImportCommand.Create(server),
            new Command("users", "People of the schools")
            {
                ListUsersCommand.Create(server),
                ShowUserCommand.Create(server),
                CreateUserCommand.Create(server),
                ImportUsersCommand.Create(server),
                UserDeedCommands.Reset(server),
                UserDeedCommands.Deactivate(server),
                UserDeedCommands.Reactivate(server),
                UserDeedCommands.Delete(server),
                ResetCodeCommand.Create(server),
                ResetSecondFactorCommand.Create(server),
            },
            new Command("pupils", "The pupils of one school") { ExportPupilsCommand.Create(server), ErasePupilCommand.Create(server) },
            new Command("reference", "National figures that reports compare with") { ReferenceCommands.Load(server), ReferenceCommands.List(server) },
            new Command("accounts", "People, wherever they have a place") { EraseCommand.Create(server), EraseCommand.Asked(server) },
            new Command("operators", "Accounts that open the server’s own pages, and no school")
            {
                OperatorCommands.Add(server),
                OperatorCommands.List(server),
                OperatorCommands.Remove(server),
            },
            new Command("database", "The tables of this server") { DatabaseCommands.Migrate(server), DatabaseCommands.Status(server) },
            new Command("keys", "The master key that this server’s secrets hang on") { KeyCommands.Replace(server) },
            new Command("mail", "Mails that wait to be sent") { SendMailCommand.Create(server) },
            new Command("audit", "The log of what was done")
            {
                ListLogCommand.Create(server),
                ShowEntryCommand.Create(server),
                ExportLogCommand.Create(server),
                AuditCommands.Verify(server),
                AuditCommands.Seal(server),
                AuditCommands.Heads(server),
            },
        };
    }

    private static string Path(ParseResult parse)
    {
        var names = new Stack<string>();
        for (var result = parse.CommandResult; result is not null; result = result.Parent as System.CommandLine.Parsing.CommandResult)
            names.Push(result.Command.Name);
        return string.Join(' ', names);
    }
}
