// What people call the operators, in three scripts, with the misspellings that are too short for a distance.
// A name that stands in several rows means any of them, and is asked about. Names of electricity billers: see
// `biller-names.ts`. Blanks do not count.

/** Key: `<country>.<brand>`, or a whole product id. */
export const operatorNames: Readonly<Record<string, string>> = {
  "bd.grameenphone":
    "gp|grameenphone|grameen|gramin|graminphone|grameen phone|gramen phone|grammenphone|জিপি|জি পি|গ্রামীণফোন|গ্রামীনফোন|গ্রামিনফোন|গ্রামীণ|গ্রামীন|গ্রামিন|जीपी|ग्रामीणफोन|ग्रामीण",
  "bd.skitto": "skitto|skito|sktto|gp skitto|gp st|gpst|grameenphone skitto|স্কিটো|স্কিটু|জিপি স্কিটো|स्किटो",
  "bd.banglalink":
    "banglalink|bangla link|bl|blink|banglalinc|বাংলালিংক|বাংলালিঙ্ক|বাংলা লিংক|বাংলা লিঙ্ক|বাংলালিং|बांग्लालिंक|बंगलालिंक",
  "bd.robi": "robi|rb|robbi|rovi|robi axiata|রবি|রবী|रोबी|रबि",
  "bd.airtel": "airtel|airtel bd|airtel bangladesh|এয়ারটেল|এয়ার টেল|এয়াটেল|এয়ারটেল|एयरटेल",
  "bd.teletalk": "teletalk|tele talk|tt|taletalk|টেলিটক|টেলি টক|টেলিটোক|टेलीटॉक|टेलिटॉक",
  "in.aircel": "aircel|air cel|एयरसेल|এয়ারসেল",
  "in.airtel": "airtel|air tel|airtel india|artel|एयरटेल|एअरटेल|एयर टेल|ऐरटेल|এয়ারটেল|এয়ার টেল",
  "in.bsnl": "bsnl|bsnel|bharat sanchar|bharat sanchar nigam|बीएसएनएल|बीएसएनल|बी एस एन एल|বিএসএনএল",
  "in.idea": "idea|idea cellular|vi|vodafone idea|vodaidea|आइडिया|आईडिया|वीआई|আইডিয়া",
  "in.vodafone": "vodafone|vodaphone|voda|vodafon|vodaphon|vi|vodafone idea|vodaidea|वोडाफोन|वोडाफ़ोन|वोडा|वीआई|ভোডাফোন",
  "in.loop": "loop mobile|loop|लूप|लूप मोबाइल",
  "in.mts": "mts|एमटीएस",
  "in.mts.datacard-mblaze": "mblaze|mts mblaze|m blaze",
  "in.mts.datacard-mbrowse": "mbrowse|mts mbrowse|m browse",
  "in.reliance": "reliance|rcom|reliance mobile|रिलायंस|रिलाइंस|রিলায়েন্স",
  "in.reliance-gsm": "reliance|reliance gsm|rcom gsm|rgsm|रिलायंस जीएसएम|रिलायंस",
  "in.reliance-cdma": "reliance|reliance cdma|rcom cdma|रिलायंस सीडीएमए|रिलायंस",
  "in.reliance.datacard-netconnect-1x": "netconnect|net connect|netconnect 1x|reliance netconnect|netconnect onex",
  "in.reliance.datacard-netconnect-3g": "netconnect|net connect|netconnect 3g|reliance netconnect|netconnect threeg",
  "in.reliance.datacard-netconnect-plus":
    "netconnect|net connect|netconnect plus|reliance netconnect|reliance netconnect plus",
  "in.docomo": "docomo|tata docomo|tata docomo gsm|docomo gsm|docmo|tata docmo|डोकोमो|टाटा डोकोमो|ডোকোমো|tata|टाटा",
  "in.docomo-cdma": "tata docomo cdma|docomo cdma|tata cdma|tata indicom|indicom|टाटा इंडिकॉम|tata|टाटा",
  "in.mtnl": "mtnl|एमटीएनएल",
  "in.mtnl-mumbai": "mtnl mumbai|mtnl|एमटीएनएल मुंबई|एमटीएनएल",
  "in.mtnl-delhi": "mtnl delhi|mtnl dilli|mtnl|एमटीएनएल दिल्ली|एमटीएनएल",
  "in.uninor": "uninor|telenor|uninar|यूनिनॉर|टेलीनॉर",
  "in.videocon": "videocon|videocone|video con|वीडियोकॉन|विडियोकॉन",
  "in.videocon.dth": "videocon dth|dth videocon|विडियोकॉन डीटीएच",
  "in.jio": "jio|reliance jio|rjio|jioo|jeo|joi|rel jio|जियो|जिओ|रिलायंस जियो|জিও|জিয়ো|রিলায়েন্স জিও",
  "in.dishtv": "dish tv|dishtv|dish|dis tv|dishtiwi|डिश टीवी|डिशटीवी|डिश|ডিশ টিভি",
  "in.sundirect": "sun direct|sundirect|sun tv|sun dth|सन डायरेक्ट|सनडायरेक्ट|সান ডাইরেক্ট",
  "in.tatasky": "tata sky|tatasky|tata play|tataplay|tatasky dth|टाटा स्काई|टाटास्काई|टाटा प्ले|টাটা স্কাই|tata|टाटा",
  "in.bigtv": "big tv|bigtv|reliance digital tv|reliance digital|reliance big tv|digital tv|बिग टीवी",
  "in.tata.datacard-photon-plus": "photon plus|photon|tata photon plus|tata photon|फोटॉन प्लस|tata|टाटा",
  "in.tata.datacard-photon-whiz": "photon whiz|photon wiz|tata photon whiz|photon|tata photon|tata|टाटा",
  "in.tatawalky": "tata walky|tatawalky|walky|tata walki|टाटा वॉकी|tata|टाटा",
  "in.tikona": "tikona|tikona broadband|टिकोना",
};
