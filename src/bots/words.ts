// The words of chat sentences that are no operator's name, in three scripts and as people spell them in Latin letters.
import type { Currency } from "../base/money.ts";
import type { Service } from "../catalog/product.ts";
import { foldText } from "./fold-text.ts";

export const intents = [
  "recharge",
  "balance",
  "recent",
  "status",
  "repeat",
  "today",
  "cancel",
  "help",
  "language",
  "unlink",
  "yes",
  "no",
] as const;
export type Intent = (typeof intents)[number];

const intentWords = {
  recharge:
    "recharge|recharg|rechrge|richarge|ricarge|reacharge|topup|top|flexi|flexiload|flaxi|flexilod|load|lod|pay|payment|bhugtan|রিচার্জ|রিচাজ|রিচার্য|ফ্লেক্সি|ফ্লেক্সিলোড|ফ্লেক্সীলোড|ফ্লেক্সি লোড|লোড|টপআপ|পেমেন্ট|रिचार्ज|रीचार्ज|रिचारज|रिचार्च|टॉपअप|लोड|भुगतान|पेमेंट",
  balance: "balance|bal|blance|balence|ballance|ব্যালেন্স|ব্যালান্স|বালেন্স|বেলেন্স|बैलेंस|बैलन्स|बेलेंस|शेष|खाता",
  recent:
    "last|recent|history|latest|previous|recharges|list|sesh|shesh|pichla|pichle|pichhle|aakhri|akhri|শেষ|সর্বশেষ|আগের|গত|তালিকা|ইতিহাস|पिछला|पिछले|पिछली|आखिरी|आख़िरी|हाल|सूची|इतिहास",
  status: "status|stetus|state|pending|obostha|স্ট্যাটাস|স্টেটাস|অবস্থা|পেন্ডিং|स्थिति|स्टेटस|स्टेट्स|पेंडिंग",
  repeat: "repeat|again|abar|abr|dobara|dubara|phirse|firse|আবার|আবারও|পুনরায়|রিপিট|फिरसे|फिर|दोबारा|दुबारा|रिपीट",
  today:
    "today|todays|statement|report|summary|hisab|hisaab|aajker|ajker|aaj|aj|আজ|আজকের|আজকে|হিসাব|হিসেব|স্টেটমেন্ট|रिपोर्ट|आज|हिसाब|स्टेटमेंट|विवरण",
  cancel: "cancel|cancle|cansel|stop|abort|batil|radd|বাতিল|ক্যান্সেল|বাদ|বন্ধ|रद्द|कैंसल|कैंसिल|रोको|बंद",
  help: "help|start|menu|hi|hello|hey|halp|sahajjo|madad|সাহায্য|সহায়তা|মেনু|হেল্প|হ্যালো|मदद|सहायता|मेनू|मेन्यू|हेल्प|नमस्ते|হাই",
  language: "language|lang|bhasha|vasha|ভাষা|भाषा",
  unlink: "unlink|logout|signout|disconnect|আনলিংক|লগআউট|अनलिंक|लॉगआउट",
  yes: "yes|y|ok|okay|okey|yeah|yep|confirm|confirmed|done|thikache|thik|haan|han|ha|hya|hyan|ji|jee|হ্যাঁ|হ্যা|হা|জি|জ্বি|জী|ঠিক|ঠিকআছে|ওকে|নিশ্চিত|কনফার্ম|हाँ|हां|हा|जी|ठीक|ओके|पक्का|कन्फर्म|पुष्टि",
  no: "no|n|nope|na|nah|nahi|nahin|না|নাহ|नहीं|नही|ना",
} as const satisfies Record<Intent, string>;

const serviceWords = {
  prepaid: "prepaid|prepay|প্রিপেইড|প্রিপেড|प्रीपेड|प्रिपेड",
  postpaid: "postpaid|postpay|পোস্টপেইড|পোস্টপেড|पोस्टपेड",
  dth: "dth|dishantenna|satellite|টিভি|डीटीएच|टीवी|tv",
  datacard: "datacard|dongle|modem|ডাটাকার্ড|डाटकार्ड|डेटकार्ड",
  landline: "landline|telephone|ল্যান্ডলাইন|टेलीफोन|लैंडलाइन",
  electricity: "electricity|electric|bijli|bijlee|light|current|বিদ্যুৎ|কারেন্ট|बिजली|विद्युत|लाइट",
} as const satisfies Record<Service, string>;

/** `bill` alone does not say which; beside a mobile number it is the postpaid one. */
const billWords = "bill|bil|বিল|बिल";

const variantWords = {
  special: "special|spl|spcl|स्पेशल|স্পেশাল",
  validity: "validity|वैलिडिटी",
  talktime: "talktime|टॉकटाइम|টকটাইম",
} as const;

export type MoneyWord = Currency | "any";
const moneyWords = {
  BDT: "৳|tk|tks|taka|takar|takay|bdt|টাকা|টাকার|টাকায়|টা:|टका",
  INR: "₹|rs|inr|rupee|rupees|rupay|rupaye|rupaya|rupye|rupiya|rupe|rupai|ru|रुपये|रुपए|रुपया|रुपयों|रुपय|रूपये|रूपए|रु|रू|রুপি|রুপির",
  any: "amount|amt|পরিমাণ|राशि|রাশি",
} as const satisfies Record<MoneyWord, string>;

/** Words for the number that follows. */
const labelWords =
  "number|no|num|nmbr|nambar|nombor|mobile|mob|phone|ph|account|acc|consumer|customer|subscriber|id|ca|vc|smartcard|service|নম্বর|নাম্বার|নং|মোবাইল|ফোন|আইডি|नंबर|नम्बर|मोबाइल|फोन|फ़ोन|खाता|आईडी";

/** After a figure: it counts days or data and is no money. */
const unitWords =
  "day|days|din|diner|month|months|mahina|mahine|mas|maas|year|gb|mb|g|min|mins|minute|minutes|sms|hr|hrs|hour|hours|দিন|দিনের|মাস|মাসের|জিবি|এমবি|মিনিট|दिन|दिनों|महीना|महीने|जीबी|एमबी|मिनट";

/** After a figure: it is more than it says, in a way that is asked about. */
const multiplierWords =
  "k|x|hajar|hazar|hazaar|hajaar|lakh|lac|thousand|hundred|sho|so|sau|শ|শো|সো|শত|হাজার|লাখ|सौ|हजार|हज़ार|लाख|times|bar|baar|বার|বার|बार|ta|ti|টা|টি|জন|people|numbers|percent|paisa|পয়সা|पैसे|पैसा";

/** An amount in words is not read, and what stands beside one is not taken for it. */
const numberWords =
  "ten|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred|thousand|half|double|bish|kuri|trish|tirish|chollish|ponchash|panchash|eksho|dusho|tinsho|pachsho|hajar|hazar|bees|tees|chalis|pachas|sattar|assi|nabbe|sau|lakh|বিশ|কুড়ি|ত্রিশ|তিরিশ|চল্লিশ|পঞ্চাশ|ষাট|সত্তর|আশি|নব্বই|একশ|একশো|দুইশ|দুইশো|দুশো|তিনশো|পাঁচশ|পাঁচশো|শ|শো|সো|sho|শত|হাজার|लाख|बीस|तीस|चालीस|पचास|साठ|सत्तर|अस्सी|नब्बे|सौ|हजार|हज़ार";

/** What is paid from chats elsewhere and not sold here: it must not be taken for a mobile recharge. */
const unsoldWords =
  "broadband|fiber|fibre|wifi|gas|water|fastag|cable|insurance|loan|emi|bkash|bikash|nagad|rocket|upay|paytm|upi|ব্রডব্যান্ড|ওয়াইফাই|গ্যাস|পানি|বিকাশ|নগদ|ब्रॉडबैंड|वाईफाई|गैस|पानी|बीमा|लोन|फास्टैग";

const negations = "not|dont|donot|never|without|mat|nahi|nahin|na|না|নয়|নাই|নেই|দিওনা|করোনা|मत|नहीं|नही|ना|न|except";

/** Ordinary words that come near to a name or that a sentence is full of; they say nothing. */
const noiseWords =
  "please|plz|pls|plss|kindly|sir|bhai|bhaiya|bhaia|vai|vaia|dada|didi|apu|ji|to|on|for|of|in|at|by|from|with|the|a|an|and|my|me|his|her|this|that|it|is|are|was|do|does|did|make|want|need|send|sent|give|put|add|get|check|show|tell|what|how|much|plan|pack|offer|wala|wali|sim|card|data|net|internet|new|now|quick|fast|urgent|jaldi|abhi|ekhon|ekhoni|look|hello|dear|thanks|thank|you|kar|karo|karna|kardo|karke|kijiye|karein|krdo|kro|krna|do|de|dedo|dena|dijiye|dalo|daal|dal|daalo|dalna|chahiye|ka|ki|ke|ko|me|mein|mai|pe|par|se|hai|mera|mere|meri|amar|ami|ei|ai|e|te|er|dao|daw|den|din|dan|diye|dite|hobe|chai|lagbe|koro|korun|kore|kren|koren|kra|pathao|pathan|একটু|দয়া|করে|প্লিজ|ভাই|ভাইয়া|আপু|দাদা|আমার|এই|ও|এ|তে|এর|দাও|দিন|দেন|দিয়ে|দিতে|হবে|চাই|লাগবে|করো|করুন|করেন|কর|পাঠাও|পাঠান|মারো|দে|সিমে|সিম|নাম্বারে|নম্বরে|নাম্বারটায়|মোবাইলে|ফোনে|টাকাটা|কি|कृपया|प्लीज|प्लीज़|भाई|भैया|सर|मेरे|मेरा|मेरी|इस|यह|वाला|का|की|के|को|में|मे|पर|से|है|कर|करो|करें|करना|कीजिए|करदो|दो|दे|देना|दीजिए|डालो|डाल|डालना|डालें|चाहिए|और|एक|सिम|প্যাক|प्लान|पैक|जल्दी|अभी";

export type WordRole =
  | { readonly is: "intent"; readonly intent: Intent }
  | { readonly is: "service"; readonly service: Service }
  | { readonly is: "bill" }
  | { readonly is: "variant"; readonly variant: string }
  | { readonly is: "money"; readonly money: MoneyWord }
  | { readonly is: "label" }
  | { readonly is: "unit" }
  | { readonly is: "multiplier" }
  | { readonly is: "numberWord" }
  | { readonly is: "unsold" }
  | { readonly is: "negation" }
  | { readonly is: "noise" };

const rolesByWord = new Map<string, readonly WordRole[]>();

function enter(words: string, role: WordRole): void {
  for (const word of words.split("|").map(foldText)) {
    rolesByWord.set(word, [...(rolesByWord.get(word) ?? []), role]);
  }
}

for (const intent of intents) enter(intentWords[intent], { is: "intent", intent });
for (const [service, words] of entriesOf(serviceWords)) enter(words, { is: "service", service });
for (const [variant, words] of entriesOf(variantWords)) enter(words, { is: "variant", variant });
for (const [money, words] of entriesOf(moneyWords)) enter(words, { is: "money", money });
enter(billWords, { is: "bill" });
enter(labelWords, { is: "label" });
enter(unitWords, { is: "unit" });
enter(multiplierWords, { is: "multiplier" });
enter(numberWords, { is: "numberWord" });
enter(unsoldWords, { is: "unsold" });
enter(negations, { is: "negation" });
enter(noiseWords, { is: "noise" });

/** `Object.entries` forgets the keys of a closed record; a table of this file has no others. */
function entriesOf<Key extends string>(table: Readonly<Record<Key, string>>): readonly (readonly [Key, string])[] {
  return Object.entries(table) as [Key, string][];
}

/** All that a folded word can be; empty for a word that is not known. */
export function rolesOf(word: string): readonly WordRole[] {
  return rolesByWord.get(word) ?? [];
}

/** The names by which a language is asked for. */
export const languageWords = {
  en: "english|eng|ইংরেজি|ইংলিশ|अंग्रेजी|अंग्रेज़ी|इंग्लिश|angrezi|ingreji",
  bn: "bangla|bengali|বাংলা|बंगाली|बांग्ला|bn",
  hi: "hindi|হিন্দি|हिन्दी|हिंदी",
} as const;
