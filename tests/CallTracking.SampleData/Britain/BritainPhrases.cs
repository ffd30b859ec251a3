using CallTracking.SampleData.Stories;

namespace CallTracking.SampleData.Britain;

/// <summary>Wordings of the British centre.</summary>
internal static class BritainPhrases
{
    public static readonly Phrases All = new()
    {
        Joint = " ",
        Products = ["power bank", "camera", "hoover", "router", "headphones", "shaver", "fan heater", "printer"],
        Shops = ["from your online shop", "at a catalogue store", "in a department store", "from an authorised dealer", "at the retail park"],
        Greetings = Phrases.Lines("""
            Good morning,
            Hello there,
            Dear Sir or Madam,
            Hiya,
            I've been on hold for ages, so I'm writing instead.
            I'm having bother with my {product}.
            """),
        Introductions = Phrases.Lines("""
            my name is {full}.
            this is {full} from {city}.
            I'm writing on behalf of my mum, the account is under {full}.
            my account is registered to {email}.
            it was delivered to {full}, {address}, {city}.
            """),
        Symptoms = Phrases.SymptomTable("""
            won't charge|The {model} was plugged in all night, the light just blinks and it never fills up.
            drains quickly|Fully charged it hardly does one phone, when new it managed three.
            cuts out|It cuts out halfway and only comes back when I unplug the lead.

            won't focus|The autofocus hunts back and forth and never settles.
            won't switch on|Pressing the power button does nothing, even with a fresh battery.
            photos missing|It throws a card error after each shot and half my holiday snaps are gone.

            no suction|I've rinsed the filters and it still leaves the crumbs where they are.
            dreadful noise|It rattles so loudly that next door have complained.
            stops dead|After about {n} minutes it stops and has to cool down.

            keeps dropping|The Wi-Fi drops {n} times a day until I reboot it.
            locked out|The settings page won't take my password, not even after a reset.
            painfully slow|Of an evening it slows to a crawl and films buffer.

            one side silent|The right side is silent on three different phones.
            won't pair|My phone can't find the {model}, I've tried a dozen times.
            crackling|There's a crackle at any volume.

            blade stuck|The blade stopped mid-shave and pulled.
            short battery|A full charge lasts {n} minutes at best.

            blows cold|It blows cold air even on the top setting.
            burning smell|Ten minutes in there's a smell of burning.

            paper jam|I've taken the paper out and it still says jammed.
            not found|The computer can no longer find the printer.
            """),
        Circumstances = Phrases.Lines("""
            I bought it on {bought}, so it should be under guarantee.
            I bought it {shop} and still have the receipt.
            The serial number is {serial}.
            I followed the booklet and restarted it {n} times.
            I've had it about {n} months.
            It was fine until last week.
            It's never been dropped or got wet.
            A different lead makes no odds.
            """),
        Dangers = Phrases.Groups("""
            Last night white smoke came out of the side.
            It started smoking the moment I plugged it in.

            The case has swollen and split open.
            The battery has bulged so that it rocks on the table.

            I burnt my fingertip touching it.
            My little one touched the hot part and burnt a hand.

            It caught fire while charging and scorched the tablecloth.
            A flame shot out of the socket, I smothered it.

            I got an electric shock off the metal part.
            My hands were dry and I still got a nasty shock.
            """),
        Wishes = Phrases.Lines("""
            I'd like a replacement, please.
            I want my money back.
            Is this covered by the guarantee?
            What would a repair cost and how long would it take?
            Could you collect it? I'm at {address}.
            Could {agent} ring me back?
            What should I do now?
            """),
        Contacts = Phrases.Lines("""
            You can ring me on {phone}, ideally after six.
            Please reply to {email}.
            Phone: {phone}, email: {email}.
            In the daytime it's {phone}, ask for {family}.
            """),
        Secrets = Phrases.Lines("""
            To check it's me: born {birth}, number {secret}.
            In case you need it again, the number is {secret}.
            Please refund it to {secret}.
            """),
        Farewells = Phrases.Lines("""
            Kind regards, {full}
            Many thanks in advance!
            Yours sincerely, {full}
            Cheers, {family}
            """),
        Subjects = Phrases.Lines("""
            {model}: {issue}
            {product} {issue}
            {model} faulty ({issue})
            {family}, guarantee claim {model}
            Complaint about {product}
            """),
        Answers = Phrases.Lines("""
            Rang {title} {family}. Fault: {issue}. Suggested a restart and a reset.
            Asked {title} {family} for a photo of the label.
            Sent instructions to {email}, to be watched for a week.
            Left a message on {phone}.
            Checked serial number {serial}, under guarantee. Collection from {title} {family}, {address}.
            """),
        Reactions = Phrases.Lines("""
            Tried all that, no change.
            Thanks for coming back so quickly, I'll post it today.
            That's the third time I've explained this, I'd like the manager.
            My new number is {phone}.
            """),
        Notes = Phrases.Lines("""
            Internal: passed to the workshop, check the batch.
            Internal: {title} {family} reported this before.
            Internal: {agent} waiting on parts, due next week.
            """),
        Solutions = Phrases.Lines("""
            Replacement delivered, {title} {family} is happy. Closing.
            Repaired and on its way back.
            Refunded, confirmation sent to {email}.
            The update sorted it.
            """),
        Progress = Phrases.Lines("""
            {title} {family} asked for an update, still being tested.
            Part delayed, told the customer on {phone}.
            {agent} heard from the workshop, one more photo needed.
            """),
        Praise = Phrases.Lines("""
            Lovely and quick.
            {agent} explained it brilliantly.
            """),
        Blame = Phrases.Lines("""
            Far too long on hold.
            {agent} was rather short with me.
            Had to say it all three times. {full}
            """),
    };
}
