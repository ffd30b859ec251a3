using CallTracking.SampleData.Stories;

namespace CallTracking.SampleData.UnitedStates;

/// <summary>Wordings of the North American centre.</summary>
internal static class UnitedStatesPhrases
{
    public static readonly Phrases All = new()
    {
        Joint = " ",
        Products = ["power bank", "camera", "vacuum", "router", "headphones", "shaver", "space heater", "printer"],
        Shops = ["the electronics store at the mall", "your online shop", "a warehouse club", "an online marketplace", "the local hardware store"],
        Greetings = Phrases.Lines("""
            Hi there,
            Hello support team,
            Good morning,
            To whom it may concern,
            Hi, I need some help with my {product}.
            I have been a loyal customer for {n} years, so this is disappointing.
            I tried calling but was on hold forever, so I am writing instead.
            """),
        Introductions = Phrases.Lines("""
            My name is {full}.
            This is {full} from {city}.
            I am writing on behalf of my father; the account is under {full}.
            My account email is {email}.
            It's {family} again, we spoke last week.
            I registered the product as {full}, {address}, {city}.
            """),
        Symptoms = Phrases.SymptomTable("""
            won't charge|I left the {model} plugged in overnight and the light just blinks; it never gets past one bar.
            drains too fast|A full charge used to last two days and now the {model} is empty after one phone.
            shuts off|It stops charging my phone halfway through and I have to replug the cable to wake it up.
            gets too hot|The case gets so hot while charging that I can't hold it in my hand.
            wrong level|The gauge jumps from 100% straight to zero and then the thing dies.

            out of focus|The autofocus hunts back and forth and never locks, no matter how far away the subject is.
            won't turn on|I press the power button and nothing happens, even with a brand new battery.
            lost pictures|It says card error after every shot and half of my vacation pictures are gone.
            lens stuck|The lens stays out when I turn it off and makes a grinding sound if I push it.
            noisy video|Every video I record has a loud buzz in it and you can barely hear anyone talk.

            no suction|I cleaned the filter twice and it still just pushes the dirt around.
            loud noise|It rattles so loud that I can't use it in my apartment anymore.
            won't charge on dock|When I put it back on the dock the light stays dark and the next day it is dead.
            brush not spinning|The brush roll does not spin even after I cut all the hair off of it.
            stops midway|It runs for about {n} minutes, then shuts down and has to cool off.

            drops connection|The Wi-Fi drops {n} times a day and I have to power cycle it every time.
            can't log in|The admin page rejects my password, even after a factory reset.
            slow speed|Speeds fall off a cliff every evening and my video calls freeze.
            update failed|The firmware update failed halfway and now the light just blinks red.
            weak signal|I added the extender and still get no signal upstairs.

            one side dead|The right side went silent; I tried three different phones and it is always the same.
            won't pair|My phone does not see the {model} at all, I tried pairing it a dozen times.
            crackling|There is a crackling noise whenever I play music, at any volume.
            pads peeling|After {n} months the ear pads are peeling and leave black flakes on my face.
            mic too quiet|Nobody can hear me in meetings even with the mic turned all the way up.

            blade stops|The blades stopped in the middle of a shave and pulled my hair. It hurt!
            short battery life|It runs {n} minutes on a full charge, so I charge it every single day.
            water inside|It is sold as waterproof, but there is moisture behind the display after one rinse.

            no heat|I turned it all the way up and it only blows cold air.
            keeps shutting off|The tip-over switch trips every few minutes even though it stands on a flat floor.
            bad smell|It smells like burning plastic as soon as I turn it on.

            paper jam|It keeps reporting a paper jam even though there is no paper left in it.
            wrong colors|Blue is missing from every page, even after {n} cleaning cycles.
            offline|My laptop says the printer is offline and setting it up again does not help.
            """),
        Circumstances = Phrases.Lines("""
            I bought it at {shop} on {bought}.
            I still have the receipt and the box.
            The serial number is {serial}.
            I followed the manual step by step and restarted it {n} times.
            It worked perfectly until last week.
            My sister has the same model and hers is fine.
            I use it for work every day, so I can't be without it.
            It was already repaired once and the same problem came back after {n} weeks.
            The store told me to contact you directly.
            I went through the whole FAQ and nothing there applies.
            It was never dropped and never got wet.
            I tried another cable and another outlet with the same result.
            """),
        Dangers = Phrases.Groups("""
            Last night white smoke came out of one side and the whole room smelled.
            It started smoking when I plugged it in, so I pulled the cord right away.

            The case is bulging and there is a gap along the seam.
            The battery is swollen; it wobbles when I lay it on a flat table.

            I burned my fingertips when I touched it.
            My son touched the hot part and got a burn on his hand.

            A flame came out while it was charging and scorched the carpet.
            The connector caught fire and I had to put it out with a wet towel.

            I got an electric shock from the metal part.
            It gave me a shock even though my hands were dry.
            """),
        Wishes = Phrases.Lines("""
            Please send me a replacement.
            I would like a full refund.
            Can you tell me whether this is covered by the warranty?
            How long would a repair take and what would it cost?
            Please let me know if other customers have reported this.
            Could you send me a prepaid label? My address is {address}.
            Please ask {agent} to call me back.
            What should I do next?
            """),
        Contacts = Phrases.Lines("""
            You can reach me at {phone} after 5 pm.
            Please reply to {email}.
            Call me at {phone} or write to {email}.
            My cell is {phone}, ask for {family}.
            Text {phone} if that is easier.
            """),
        Secrets = Phrases.Lines("""
            You asked me to verify my identity: date of birth {birth}, number {secret}.
            In case you need it again, the number is {secret}.
            Please refund it to {secret}.
            """),
        Farewells = Phrases.Lines("""
            Thanks, {full}
            Thank you for your help!
            Best regards, {full}
            Looking forward to your answer. {family}
            Sincerely, {full}
            """),
        Subjects = Phrases.Lines("""
            {model}: {issue}
            {product} {issue}
            Problem with my {model} ({issue})
            {issue} - please help
            {family}: {model} warranty
            Defective {product}
            """),
        Answers = Phrases.Lines("""
            Hi {full}, thank you for reaching out. Please try a reset first: hold the power button for ten seconds, then charge it for an hour.
            Hello {full}, I am sorry to hear about the trouble with your {product}. Could you send us a photo of the label?
            Thanks for the call today. I sent the steps to {email}.
            I left a voicemail at {phone}. Please call us back when it suits you.
            We checked serial {serial}; the unit is under warranty and I have set up a replacement to {address}.
            """),
        Reactions = Phrases.Lines("""
            I tried all of that and it made no difference.
            Thanks for the quick reply, I will drop it off this afternoon.
            This is the third time I explain this. I want to talk to a manager.
            My new number is {phone}, please use that one.
            I will be in {city} until Friday, please change the pickup.
            """),
        Notes = Phrases.Lines("""
            Internal: escalated to engineering, please check the lot.
            Internal: {full} reported the same issue before.
            Internal: {agent} is waiting for parts, due next week.
            Internal: customer is upset, supervisor to call back.
            """),
        Solutions = Phrases.Lines("""
            Replacement delivered, {full} confirmed that it works. Closing the ticket.
            The repaired unit is on its way back to you. Thank you for your patience!
            Glad to hear that the new settings solved it, {full}.
            Your refund has been issued; a confirmation went to {email}.
            The firmware update fixed it. Just reply if it comes back.
            """),
        Progress = Phrases.Lines("""
            Hi {full}, just a quick update: we are still looking into this.
            The part is delayed; I let the customer know at {phone}.
            {agent} heard back from engineering and asked for one more photo.
            I sent a status report to {email}.
            Waiting for the customer, will follow up in three days.
            """),
        Praise = Phrases.Lines("""
            Very friendly and quick.
            {agent} explained everything really well.
            Solved faster than I expected.
            """),
        Blame = Phrases.Lines("""
            Took forever to reach a person.
            {agent} was rude to me.
            I had to repeat everything three times. {full}
            """),
    };
}
